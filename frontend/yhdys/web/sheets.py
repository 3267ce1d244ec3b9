"""Tables as files, for people who count on: CSV and XLSX with the same columns."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from yhdys.core import clock

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""
EPOCH = clock.helsinki(2026, 1, 1)
"""The moment of making of a workbook of which nothing is known."""

type Cell = str | int | date | datetime | None


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark and semicolons, as Excel in Finland wants it."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(columns)
    table.writerows([_in_csv(cell) for cell in row] for row in rows)
    return ("\ufeff" + written.getvalue()).encode()


def new_book(written: io.BytesIO, title: str, told: datetime | None) -> xlsxwriter.Workbook:
    """A workbook in which a text is a text; ``told`` is its moment, so that the same contents are the same bytes."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(written, options)
    made = (told or EPOCH).astimezone(clock.HELSINKI).replace(tzinfo=None)
    book.set_properties({"title": title, "created": made})
    return book


def formats_of(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """How heads, days, moments and long texts look."""
    return {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "day": book.add_format({"num_format": "d.m.yyyy"}),
        "moment": book.add_format({"num_format": "d.m.yyyy h:mm"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def add_table(
    book: xlsxwriter.Workbook,
    formats: Mapping[str, Any],
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
) -> None:
    """A sheet with one table, its head kept in sight and its rows to be filtered."""
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, columns, formats["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, last, place, cell, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)


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
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: Mapping[str, Any]
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
