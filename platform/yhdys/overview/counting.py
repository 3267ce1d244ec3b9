"""Counting by period, for the functions that apps register as figures."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from yhdys.core import clock
from yhdys.overview.enums import Kind, Period
from yhdys.overview.registry import FEWEST_PEOPLE, Counted, Metric


def per_year(rows: QuerySet[Any], field: str) -> dict[str, int]:
    """How many rows fall in each year of ``field``, a date or a moment, by the Finnish calendar. One query."""
    counted = (
        rows.order_by()
        .annotate(overview_year=ExtractYear(field))
        .values("overview_year")
        .annotate(overview_count=Count("pk", distinct=True))
        .values_list("overview_year", "overview_count")
    )
    return {str(year): count for year, count in counted if year is not None}


def this_period(period: Period) -> str:
    """The running period: ``now``, ``2026`` or ``2026-11``."""
    today = clock.today()
    return {Period.NOW: "now", Period.YEAR: f"{today:%Y}", Period.MONTH: f"{today:%Y-%m}"}[period]


def as_told(metric: Metric) -> dict[str, int | None]:
    """Count a figure in the current region: its value by period, None where it is too small to be told.

    The running year or month is there even when nothing has happened in it.
    """
    counted: Counted = metric.count()
    if counted is None:
        return {}
    if isinstance(counted, Mapping):
        values = {this_period(metric.period): 0, **counted}
    elif isinstance(counted, int):
        values = {this_period(metric.period): counted}
    else:
        values = {this_period(metric.period): int(f"{counted:%Y%m%d}")}
    return {period: None if _too_few(metric, value) else value for period, value in values.items()}


def _too_few(metric: Metric, value: int) -> bool:
    return metric.kind == Kind.OF_PEOPLE and 0 < value < FEWEST_PEOPLE
