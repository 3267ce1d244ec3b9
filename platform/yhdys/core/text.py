"""Text as Finland sorts and reads it."""

import re
import unicodedata

import nh3
from django.utils.text import slugify

_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
DASHES = re.compile("[\u2013\u2014/]")
"""Dashes and strokes, which Django's slug would drop: 2026–2029 is not 20262029."""
RICH_TEXT_TAGS = {
    "a", "blockquote", "br", "em", "h2", "h3", "h4", "li", "ol", "p", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def address_of(text: str) -> str:
    """Words of an address: Django's slug, in which a dash parts words too.

    >>> address_of("Toimikauden 2026–2029 ensimmäinen kokous")
    'toimikauden-2026-2029-ensimmainen-kokous'
    """
    return slugify(DASHES.sub("-", text))


def sort_key(text: str) -> str:
    """A key whose plain byte order is the Finnish and Swedish alphabet: å, ä and ö after z, other accents ignored.

    >>> sorted(["Öljy", "Åland", "Zonta", "Ähtäri"], key=sort_key)
    ['Zonta', 'Åland', 'Ähtäri', 'Öljy']
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_AFTER_Z)
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))


def name_key(name: str) -> str:
    """A key by which Finns look for a person: family name first.

    >>> sorted(["Aimo Östman", "Öivind Aho"], key=name_key)
    ['Öivind Aho', 'Aimo Östman']
    """
    given, _space, family = name.strip().rpartition(" ")
    return sort_key(f"{family} {given}".strip())


def clean_html(html: str) -> str:
    """Rich text that people wrote, reduced to what a page may show: no scripts, styles, images or foreign frames."""
    return nh3.clean(
        html,
        tags=RICH_TEXT_TAGS,
        attributes={"a": {"href"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )


def plain_text(html: str) -> str:
    """The words of rich text without its tags."""
    return nh3.clean(html, tags=set())
