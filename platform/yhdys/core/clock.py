"""The one source of time, so that a record of 2019 can be made under its own date."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")

HOLDS = timedelta(minutes=1)
"""How long an answer is taken for true that was made from the moment, by who keeps answers."""


@dataclass(slots=True)
class Watch:
    """Whether the running code has asked what time it is, and until when what it made of that holds."""

    asked_day: bool = False
    asked_moment: bool = False

    def holds_until(self, begun: datetime) -> datetime | None:
        """The end of the day in Finland, or a minute from ``begun``; None when nobody asked."""
        if not (self.asked_day or self.asked_moment):
            return None
        day = begun.astimezone(HELSINKI).date() + timedelta(days=1)
        midnight = helsinki(day.year, day.month, day.day)
        return min(midnight, begun + HOLDS) if self.asked_moment else midnight


_watch: ContextVar[Watch | None] = ContextVar("yhdys_watched_clock", default=None)
_fixed: ContextVar[datetime | None] = ContextVar("yhdys_fixed_time", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    watch = _watch.get()
    if watch is not None:
        watch.asked_moment = True
    return _now()


def _now() -> datetime:
    return _fixed.get() or timezone.now()  # noqa: TID251 - the one place


def today() -> date:
    """The date on a wall in Finland."""
    watch = _watch.get()
    if watch is not None:
        watch.asked_day = True
    return _now().astimezone(HELSINKI).date()


def helsinki(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment by the Finnish wall clock, aware."""
    return datetime(year, month, day, hour, minute, tzinfo=HELSINKI)


def is_fixed() -> bool:
    """Whether history is being written: then no letter leaves."""
    return _fixed.get() is not None


@contextmanager
def watched() -> Iterator[Watch]:
    """Note whether what runs inside asks for the time, so that its outcome is not kept for longer than it holds."""
    watch = Watch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` (aware) for what runs inside: demonstration content keeps its own dates."""
    if moment.tzinfo is None:
        raise ValueError("A moment must be aware.")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
