"""The nation's figures as files, for people who count on: CSV and XLSX with the same columns."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yhdys.core import clock
from yhdys.overview.models import Figure
from yhdys.overview.queries import RegionOverview, current_figures, regions_of_finland
from yhdys.overview.registry import FEWEST_PEOPLE, metrics
from yhdys.web.feeds import unless_known
from yhdys.web.kept.asked import public_page
from yhdys.web.national.shown import period_of

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""

type Cell = str | int | date | datetime | None


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
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(columns())
    table.writerows([_in_csv(cell) for cell in row] for row in rows(regions, every_period=every_period))
    return _file(request, ("\ufeff" + written.getvalue()).encode(), CSV, "yhdys.csv", regions)


@public_page("region", "period")
@require_safe
def figures_xlsx(request: HttpRequest) -> HttpResponseBase:
    """GET ``/luvut.xlsx?region=kainuu&period=all``: the figures, and a sheet that says what they mean."""
    regions, every_period = _asked(request)
    return _file(request, workbook(regions, every_period=every_period), XLSX, "yhdys.xlsx", regions)


def workbook(regions: list[RegionOverview], *, every_period: bool) -> bytes:
    """An XLSX file of what the regions told; the same bytes as long as they tell the same."""
    written = io.BytesIO()
    told = _told_at(regions) or clock.helsinki(2026, 1, 1)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(written, options)
    book.set_properties({"title": "Yhdys", "created": told.astimezone(clock.HELSINKI).replace(tzinfo=None)})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "d.m.yyyy"}),
        "moment": book.add_format({"num_format": "d.m.yyyy h:mm"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    sheet = book.add_worksheet(_("Figures"))
    last = 0
    sheet.write_row(0, 0, columns(), formats["head"])
    for last, row in enumerate(rows(regions, every_period=every_period), start=1):
        for place, cell in enumerate(row):
            _write(sheet, last, place, cell, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns()) - 1)
    for place, width in enumerate((14, 22, 34, 11, 12, 16, 16, 22)):
        sheet.set_column(place, place, width)
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


def _in_csv(cell: Cell) -> str | int:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.astimezone(clock.HELSINKI).isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
        case int():
            return cell
        case _:
            return f"'{cell}" if cell.startswith(FORMULA) else cell


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: dict[str, object]
) -> None:
    """Each kind of value as its own: a text is never a formula, a number never a text."""
    match cell:
        case None:
            pass
        case datetime():
            wall = cell.astimezone(clock.HELSINKI).replace(tzinfo=None)
            sheet.write_datetime(row, column, wall, formats["moment"])
        case date():
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001
        case int():
            sheet.write_number(row, column, cell)
        case _:
            sheet.write_string(row, column, cell)
