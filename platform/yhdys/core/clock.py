"""The one source of time, so that a record of 2019 can be made under its own date."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HELSINKI = ZoneInfo("Europe/Helsinki")

_fixed: ContextVar[datetime | None] = ContextVar("yhdys_fixed_time", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _fixed.get() or timezone.now()  # noqa: TID251 - the one place


def today() -> date:
    """The date on a wall in Finland."""
    return now().astimezone(HELSINKI).date()


def helsinki(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment by the Finnish wall clock, aware."""
    return datetime(year, month, day, hour, minute, tzinfo=HELSINKI)


def is_fixed() -> bool:
    """Whether history is being written: then no letter leaves."""
    return _fixed.get() is not None


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
