"""Addresses of invented people."""

import re
import unicodedata


def address_of(name: str) -> str:
    """The reserved address of an invented person.

    >>> address_of("Máret Valle-Länsman")
    'maret.valle-lansman@example.org'
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^a-z-]+', '.', plain)}@example.org"
