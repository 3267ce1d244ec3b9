"""Matters that other modules bring to agendas: the way in for what stands above meetings, which meetings do not know.

A module registers a provider from its ``apps.ready``. It tells what waits for a body, where a matter is shown, and
hears when a meeting has taken one up, in the same transaction. What has been taken up is remembered by the item, so
that a matter is offered once; a meeting that was cancelled has taken up nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from yhdys.meetings.enums import ItemKind

if TYPE_CHECKING:
    from yhdys.accounts.models import User
    from yhdys.councils.models import Body
    from yhdys.meetings.models import AgendaItem


@dataclass(frozen=True)
class Matter:
    """One matter that waits for a meeting."""

    reference: str
    """Its key within its provider."""
    label: str
    description: str = ""
    """Rich text; it becomes the item's description."""
    presenter: str = ""
    kind: ItemKind = ItemKind.DISCUSSION


@dataclass(frozen=True)
class Provider:
    """A module that brings matters. ``key`` stands in the items it has brought: never rename one."""

    key: str
    name: str | Promise
    """What such matters are called, in the plural."""
    waiting: "Callable[[Body], Iterable[Matter]]"
    """What waits for the body, by a constant number of queries."""
    address: Callable[[str], str]
    """The address in the workspace of the matter with a reference; it asks the database nothing."""
    taken_up: "Callable[[str, AgendaItem, User | None], None]"
    """Called when a matter has become an item."""


_providers: dict[str, Provider] = {}


def provider(one: Provider) -> Provider:
    """Register a provider. Raises ValueError for a key that is taken, and for one with a colon."""
    if one.key in _providers or ":" in one.key:
        raise ValueError(f"No key for a provider of matters: {one.key}.")
    _providers[one.key] = one
    return one


def withdraw(key: str) -> None:
    """Forget a provider: for tests."""
    _providers.pop(key, None)


def providers() -> list[Provider]:
    """All of them, in the order of their registration."""
    return list(_providers.values())


def source_of(key: str, reference: str) -> str:
    """How an item remembers where it came from."""
    return f"{key}:{reference}"


def address_of_source(source: str) -> str:
    """Where the matter of an item is shown; empty for an item of its own, and where the provider is gone."""
    key, _sign, reference = source.partition(":")
    known = _providers.get(key)
    return known.address(reference) if known is not None else ""
