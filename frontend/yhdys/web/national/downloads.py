"""The nation's figures as files, for people who count on: CSV and XLSX with the same columns."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yhdys.overview.models import Figure
from yhdys.overview.queries import RegionOverview, current_figures, regions_of_finland
from yhdys.overview.registry import FEWEST_PEOPLE, metrics
from yhdys.web.feeds import unless_known
from yhdys.web.kept.asked import public_page
from yhdys.web.national.shown import period_of
from yhdys.web.sheets import CSV, XLSX, Cell, add_table, csv_of, formats_of, new_book


def columns() -> list[str]:
    """The heads of both files."""
    return [
        _("Region code"), _("Region"), _("Figure"), _("Period"), _("Value"), _("As of"), _("Note"), _("Name in data"),
    ]  # fmt: skip


def rows(regions: Iterable[RegionOverview], *, every_period: bool) -> Iterator[list[Cell]]:
    """A row for each figure that the regions told, of the running period or of all. One query."""
    by_schema = {region.schema: region for region in regions}
    found = (Figure.objects.counted() if every_period else current_figures()).filter(schema__in=by_schema)
    too_few = _("fewer than %(number)s") % {"number": FEWEST_PEOPLE}
    for figure in found.order_by("schema", "metric", "period"):
        if figure.definition is None:
            continue
        of = by_schema[figure.schema]
        yield [
            of.known.code, of.name, str(figure.definition.label), figure.period, figure.day or figure.value,
            figure.as_of, too_few if figure.value is None else "", figure.metric,
        ]  # fmt: skip


@public_page("region", "period")
@require_safe
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    """GET ``/luvut.csv?region=kainuu&period=all``: UTF-8 with a mark and semicolons, as Excel in Finland wants it."""
    regions, every_period = _asked(request)
    return _file(request, csv_of(columns(), rows(regions, every_period=every_period)), CSV, "yhdys.csv", regions)


@public_page("region", "period")
@require_safe
def figures_xlsx(request: HttpRequest) -> HttpResponseBase:
    """GET ``/luvut.xlsx?region=kainuu&period=all``: the figures, and a sheet that says what they mean."""
    regions, every_period = _asked(request)
    return _file(request, workbook(regions, every_period=every_period), XLSX, "yhdys.xlsx", regions)


def workbook(regions: list[RegionOverview], *, every_period: bool) -> bytes:
    """An XLSX file of what the regions told; the same bytes as long as they tell the same."""
    written = io.BytesIO()
    book = new_book(written, "Yhdys", _told_at(regions))
    formats = formats_of(book)
    told = rows(regions, every_period=every_period)
    add_table(book, formats, _("Figures"), columns(), told, (14, 22, 34, 11, 12, 16, 16, 22))
    meanings = book.add_worksheet(_("Definitions"))
    meanings.write_row(0, 0, [_("Figure"), _("What it means"), _("Period"), _("Name in data")], formats["head"])
    for number, metric in enumerate(metrics(), start=1):
        texts = (str(metric.label), str(metric.description), period_of(metric), metric.name)
        for place, text in enumerate(texts):
            meanings.write_string(number, place, text, formats["text"])
    for place, width in enumerate((34, 80, 22, 22)):
        meanings.set_column(place, place, width)
    book.close()
    return written.getvalue()


def attached(content: bytes, filename: str) -> HttpResponse:
    """A workbook for somebody who is signed in; their door sees to it that no cache keeps it."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked(request: HttpRequest) -> tuple[list[RegionOverview], bool]:
    """The regions whose doors are open, narrowed to the named ones where they exist, and whether all periods."""
    there = [region for region in regions_of_finland([]) if region.is_open]
    named = [region for region in there if region.slug in request.GET.getlist("region")]
    return named or there, request.GET.get("period") == "all"


def _told_at(regions: Iterable[RegionOverview]) -> datetime | None:
    return max((region.profile.as_of for region in regions if region.profile), default=None)


def _file(
    request: HttpRequest, content: bytes, content_type: str, filename: str, regions: list[RegionOverview]
) -> HttpResponseBase:
    return unless_known(
        request,
        content,
        content_type=content_type,
        modified=_told_at(regions),
        sees_removals=False,
        filename=filename,
    )
