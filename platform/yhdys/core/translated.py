"""Queries of translated models, whose class the library would make anew for each of them.

A class that has just been made makes Python forget what it knew of all others: it is a third of what putting a short
query together costs.
"""

from functools import cache
from typing import Any

from modeltranslation import manager

_make = manager.multilingual_queryset_factory


@cache
def _class_of(kind: Any) -> Any:
    return _make(kind, instantiate=False)


def queryset_class_of(kind: Any, instantiate: bool = True) -> Any:
    """The translated class of a class of queries, or an empty query of it, as the library's own function has it."""
    made = _class_of(kind)
    return made() if instantiate else made


def make_classes_once() -> None:
    """Take the library's place where it makes them."""
    manager.multilingual_queryset_factory = queryset_class_of  # type: ignore[assignment]  # overloaded there
