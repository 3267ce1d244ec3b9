"""Figures as a page says them."""

from typing import TypedDict

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from yhdys.overview.enums import Kind, Period
from yhdys.overview.models import Figure
from yhdys.overview.registry import FEWEST_PEOPLE, Metric
from yhdys.overview.trends import Point
from yhdys.web import dates


def shown(figure: Figure | None) -> str:
    """The value in the language of the page; empty when the region has not told it."""
    if figure is None or figure.definition is None:
        return ""
    if figure.value is None:
        return too_few()
    if figure.day is not None:
        return dates.short_day(figure.day)
    if figure.definition.kind == Kind.YEAR:
        return str(figure.value)
    return number(figure.value)


def number(value: int) -> str:
    """A count with its thousands apart."""
    return number_format(value, use_l10n=True, force_grouping=translation.get_language() is not None)


def too_few() -> str:
    """A number of people that is not told."""
    return _("fewer than %(number)s") % {"number": FEWEST_PEOPLE}


def point_shown(point: Point) -> str:
    """One point of a trend; empty when the region has not told it."""
    if not point.is_known:
        return ""
    return too_few() if point.value is None else number(point.value)


def period_of(metric: Metric) -> str:
    """For which time the figure is counted, in words."""
    return _("As things stand") if metric.period == Period.NOW else _("By calendar year")


class Bar(TypedDict):
    """One row of a chart."""

    label: str
    value: int
