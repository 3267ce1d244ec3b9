"""Figures over time, for several regions at once: by year, or by month for the latest two years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q

from yhdys.core import clock
from yhdys.overview.counting import month_of
from yhdys.overview.enums import Kind, Period
from yhdys.overview.models import Figure
from yhdys.overview.registry import Metric

MOST_YEARS, MOST_MONTHS = 15, 24


class Step(StrEnum):
    """From one point of a trend to the next."""

    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one region for one period."""

    period: str
    """``2026`` or ``2026-11``."""
    value: int | None
    """None when it is too small to be told, or not known."""
    is_known: bool


@dataclass
class Trends:
    """What the regions have told of each period, the oldest first."""

    step: Step
    periods: list[str] = field(default_factory=list)
    lines: dict[tuple[str, str], list[Point]] = field(default_factory=dict)
    """By schema and figure; only what has been told of at least one period."""

    def of(self, schema: str, metric: Metric) -> list[Point]:
        """One region's points of one figure; empty when it has told none."""
        return self.lines.get((schema, metric.name), [])


def has_trend(metric: Metric) -> bool:
    """Whether the figure is told by period and its numbers can be drawn."""
    return metric.kind in (Kind.COUNT, Kind.OF_PEOPLE)


def trends(metrics: Iterable[Metric], schemas: Iterable[str], step: Step = Step.YEAR) -> Trends:
    """The points of every figure that has a trend. One query, whatever the number of regions and figures.

    A year's state of things is that of its end, and of now for the running year. What happens in a period that nobody
    told of is nought since the region's first; the state of things is not known then. Nothing is told of the future.
    """
    drawn = {metric.name: metric for metric in metrics if has_trend(metric)}
    running = month_of(clock.today())
    by_year = Q(period__regex=r"^\d{4}$")
    wanted = by_year | (Q(period__endswith="-12") | Q(period=running) if step == Step.YEAR else Q(period__in=_months()))
    rows = Figure.objects.filter(wanted, metric__in=drawn, schema__in=list(schemas), period__lte=running)
    told: dict[tuple[str, str], dict[str, int | None]] = {}
    for schema, metric, period, value in rows.values_list("schema", "metric", "period", "value"):
        told.setdefault((schema, metric), {})[period] = value
    found = Trends(step, _periods(told, drawn, step))
    for key, values in told.items():
        points = _line(drawn[key[1]], values, found.periods)
        if any(point.is_known for point in points):
            found.lines[key] = points
    return found


def _months() -> list[str]:
    """The latest months, the oldest first."""
    today = clock.today()
    last = today.year * 12 + today.month - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(last - MOST_MONTHS + 1, last + 1)]


def _periods(told: dict[tuple[str, str], dict[str, int | None]], drawn: dict[str, Metric], step: Step) -> list[str]:
    if step == Step.MONTH:
        return _months()
    this_year = clock.today().year
    # A December of what happens says nothing of a year without one: years are told by themselves.
    years = {
        int(period[:4])
        for (_schema, metric), values in told.items()
        for period in values
        if len(period) == len("2026") or drawn[metric].period == Period.NOW
    }
    first = max(min(years, default=this_year), this_year - MOST_YEARS + 1)
    return [str(year) for year in range(first, this_year + 1)]


def _line(metric: Metric, values: dict[str, int | None], periods: Sequence[str]) -> list[Point]:
    if metric.period == Period.YEAR:
        first = min(values)[: len("2026")]
        return [Point(period, values.get(period, 0), period[: len("2026")] >= first) for period in periods]
    running = month_of(clock.today())
    states = {period: value for period, value in values.items() if len(period) > len("2026")}
    ends = {year: running if year == running[:4] else f"{year}-12" for year in periods if len(year) == len("2026")}
    return [
        Point(period, states.get(ends.get(period, period)), ends.get(period, period) in states) for period in periods
    ]
