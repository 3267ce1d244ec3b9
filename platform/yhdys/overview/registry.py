"""What regions tell the nation: the apps of a region declare here what they count and what they publish.

A figure::

    @figure("meetings_held", _("Meetings held"), _("Meetings of all bodies that have been held."), period="year")
    def meetings_held() -> Mapping[str, int]:
        return per_month(Meeting.objects.held(), "starts_at")

A kind of published item::

    @items("article", _("Article"))
    def articles() -> Iterable[Item]:
        ...

Both run inside one region and see only its data. After a change that they would notice, the region's action calls
``yhdys.overview.actions.push_soon()``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from yhdys.overview.enums import Kind, Period

type Words = str | Promise
type Counted = int | date | Mapping[str, int] | None
type Count = Callable[[], Counted]

FEWEST_PEOPLE = 5
"""A smaller number of natural persons than this, other than none, is not told."""
NEWEST = 50
"""How many items of one kind a region shows to the nation."""


@dataclass(frozen=True)
class Metric:
    """A figure's definition, the same for all regions."""

    name: str
    label: Words
    description: Words
    kind: Kind
    period: Period
    count: Count


@dataclass(frozen=True)
class Item:
    """Something that a region has published: a title and the way there."""

    key: str
    """Names the thing within its kind and region, and stays when the title changes."""
    title: str
    path: str
    """The page in the region's own site, beginning with a slash."""
    published_at: datetime
    summary: str = ""
    language: str = "fi"
    """The language of the title and the summary."""


@dataclass(frozen=True)
class ItemKind:
    """A kind of published items, and how to list the newest of the current region."""

    name: str
    label: Words
    listing: Callable[[], Iterable[Item]]


_metrics: dict[str, Metric] = {}
_item_kinds: dict[str, ItemKind] = {}


def figure[C: Count](
    name: str, label: Words, description: Words, *, kind: str = Kind.COUNT, period: str = Period.NOW
) -> Callable[[C], C]:
    """Register a counting function of the current region.

    For ``period="now"`` it returns one number, a date for ``kind="day"``, None when there is nothing to tell, or the
    state of things at the end of each month besides (``counting.at_month_ends``): ``{"now": 4, "2026-10": 3}``. For
    ``"year"`` it returns the numbers by month (``counting.per_month``), ``{"2026-11": 1}``, and the years are their
    sums. Raises ValueError when the name is taken, and for people by year: those of two months may be the same.
    """
    if period == Period.YEAR and kind != Kind.COUNT:
        raise ValueError(f"{name}: only things are added up to years.")

    def register(function: C) -> C:
        if name in _metrics:
            raise ValueError(f"Two figures are called {name}.")
        _metrics[name] = Metric(name, label, description, Kind(kind), Period(period), function)
        return function

    return register


def items[L: Callable[[], Iterable[Item]]](name: str, label: Words) -> Callable[[L], L]:
    """Register a listing of the current region's published things, newest first; ``label`` names one of them.

    Raises ValueError when the name is taken.
    """

    def register(listing: L) -> L:
        if name in _item_kinds:
            raise ValueError(f"Two kinds of items are called {name}.")
        _item_kinds[name] = ItemKind(name, label, listing)
        return listing

    return register


def metrics() -> list[Metric]:
    """Every figure that is counted, in the order of their registration."""
    return list(_metrics.values())


def metric(name: str) -> Metric | None:
    """One figure's definition; None when nobody counts it any more."""
    return _metrics.get(name)


def item_kinds() -> list[ItemKind]:
    """Every kind of published items."""
    return list(_item_kinds.values())
