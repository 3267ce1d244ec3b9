"""Counting by period, for the functions that apps register as figures.

What happens is counted by the month in which it happens; years are the sums of their months. The state of things is
told for the end of each month, so that its past can be counted anew at any time: nothing is remembered, and a record
that is corrected corrects the past too.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from yhdys.core import clock
from yhdys.overview.enums import Kind, Period
from yhdys.overview.registry import FEWEST_PEOPLE, Counted, Metric

LONGEST_HISTORY = 30 * 12
"""For how many months, the running one included, the state of things is told at most."""


def per_month(rows: QuerySet[Any], field: str) -> dict[str, int]:
    """How many rows fall in each month of ``field``, a date or a moment, by the Finnish calendar. One query."""
    counted = (
        rows.order_by()
        .annotate(
            overview_year=ExtractYear(field, tzinfo=clock.HELSINKI),
            overview_month=ExtractMonth(field, tzinfo=clock.HELSINKI),
        )
        .values("overview_year", "overview_month")
        .annotate(overview_count=Count("pk", distinct=True))
        .values_list("overview_year", "overview_month", "overview_count")
    )
    return {f"{year:04}-{month:02}": count for year, month, count in counted if year is not None}


def month_of(day: date) -> str:
    """``2026-11``."""
    return f"{day:%Y-%m}"


def month_ends(first: date, today: date) -> Iterator[date]:
    """The last day of each month from that of ``first`` on, and ``today`` for the running month."""
    month = max(first, _months_before(today, LONGEST_HISTORY - 1)).replace(day=1)
    while month <= today:
        following = (month + timedelta(days=32)).replace(day=1)
        yield min(following - timedelta(days=1), today)
        month = following


def at_month_ends(first: date | None, count: Callable[[date], int | None]) -> dict[str, int]:
    """The state of things now and at the end of each month since ``first``, for a figure of the period ``now``.

    ``count`` tells the state on a Finnish day, None when nothing is known of it; such a month is left out.
    """
    today = clock.today()
    days = {month_of(day): day for day in month_ends(first, today)} if first is not None else {}
    counted = {period: count(day) for period, day in [("now", today), *days.items()]}
    return {period: value for period, value in counted.items() if value is not None}


def _months_before(day: date, months: int) -> date:
    ordinal = day.year * 12 + day.month - 1 - months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def this_period(period: Period) -> str:
    """The running period: ``now`` or ``2026``."""
    return "now" if period == Period.NOW else f"{clock.today():%Y}"


def as_told(metric: Metric) -> dict[str, int | None]:
    """Count a figure in the current region: its value by period, None where it is too small to be told.

    The running year and month are there even when nothing has happened in them; an earlier one that is not there is 0.
    """
    counted: Counted = metric.count()
    if counted is None:
        return {}
    if isinstance(counted, Mapping):
        values = dict(counted) if metric.period == Period.NOW else _with_years(counted)
    elif isinstance(counted, int):
        values = {"now": counted}
    else:
        values = {"now": int(f"{counted:%Y%m%d}")}
    return {period: None if _too_few(metric, value) else value for period, value in values.items()}


def _with_years(by_month: Mapping[str, int]) -> dict[str, int]:
    """Counts of months, with the years that they add up to."""
    values = {this_period(Period.YEAR): 0, month_of(clock.today()): 0, **by_month}
    for month, value in by_month.items():
        values[month[:4]] = values.get(month[:4], 0) + value
    return values


def _too_few(metric: Metric, value: int) -> bool:
    return metric.kind == Kind.OF_PEOPLE and 0 < value < FEWEST_PEOPLE
