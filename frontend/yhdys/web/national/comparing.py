"""Regions side by side, and how their figures have gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yhdys.core.text import sort_key
from yhdys.overview.queries import RegionOverview, regions_of_finland, told_metrics
from yhdys.overview.registry import FEWEST_PEOPLE, Metric
from yhdys.overview.trends import Trends, has_trend, trends
from yhdys.web.kept.asked import public_page
from yhdys.web.national.charts import MOST_LINES, Chart, draw
from yhdys.web.national.forms import ComparisonForm
from yhdys.web.national.shown import point_shown, shown


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a drawing: a row for each period, the newest first."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure of some regions over time."""

    metric: Metric
    chart: Chart | None
    description: str
    table: Table


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the compared regions, as of now."""

    metric: Metric
    period: str
    values: list[str]


@public_page("region", "step")
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """GET ``/vertailu/?region=kainuu&region=lappi&step=month``: four regions at most, by the same few queries."""
    regions = sorted((one for one in regions_of_finland() if one.is_open), key=lambda one: sort_key(one.name))
    form = ComparisonForm(request.GET or None, regions=regions)
    chosen, step = form.chosen()
    metrics = told_metrics(chosen)
    told = trends(metrics, [region.schema for region in chosen], step)
    context: dict[str, Any] = {
        "form": form,
        "regions": chosen,
        "rows": [_row(metric, chosen) for metric in metrics],
        "trends": [trend for metric in metrics if has_trend(metric) and (trend := trend_of(metric, chosen, told))],
        "fewest_people": FEWEST_PEOPLE,
        "most": MOST_LINES,
        "demonstration": any(region.is_demonstration for region in chosen),
        "as_of": max((region.profile.as_of for region in chosen if region.profile), default=None),
    }
    return render(request, "national/compare.html", context, status=422 if form.errors else 200)


def _row(metric: Metric, regions: Sequence[RegionOverview]) -> Row:
    told = [region.figures.get(metric.name) for region in regions]
    period = next((figure.period for figure in told if figure is not None and figure.period != "now"), "")
    return Row(metric, period, [shown(figure) for figure in told])


def trend_of(metric: Metric, regions: Iterable[RegionOverview], told: Trends) -> Trend | None:
    """The trend of one figure, drawn and in a table; None where nobody has told a period of it."""
    lines = [(region.name, points) for region in regions if (points := told.of(region.schema, metric))]
    if not lines:
        return None
    labels = [period_label(period) for period in told.periods]
    rows = [(label, [point_shown(points[place]) for _name, points in lines]) for place, label in enumerate(labels)]
    while rows and not any(rows[0][1]):
        rows.pop(0)  # The years before any of them.
    first = len(labels) - len(rows)
    drawn = [(name, points[first:]) for name, points in lines]
    sentences = [_summary(name, points) for name, points in drawn]
    return Trend(
        metric,
        draw(drawn, labels[first:]),
        " ".join(filter(None, sentences)),
        Table([name for name, _points in lines], rows[::-1]),
    )


def _summary(name: str, points: Sequence[Any]) -> str:
    known = [point for point in points if point.is_known and point.value is not None]
    if not known:
        return ""
    return _("{region}: {first} in {start}, {last} in {end}.").format(
        region=name,
        first=point_shown(known[0]),
        start=period_label(known[0].period),
        last=point_shown(known[-1]),
        end=period_label(known[-1].period),
    )


def period_label(period: str) -> str:
    """``2026``, or ``11/2026``."""
    year, _dash, month = period.partition("-")
    return f"{int(month)}/{year}" if month else year
