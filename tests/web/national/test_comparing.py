"""Regions side by side, their trends and the files, and what the staff see besides."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.web.national.conftest import MORNING, tell
from tests.web.national.test_pages import get

from yhdys.core import clock
from yhdys.overview.models import Figure, RegionProfile
from yhdys.overview.registry import metric
from yhdys.overview.trends import Point, Step, trends
from yhdys.regions.actions import suspend_region
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region
from yhdys.web.national import charts

HOST = {"host": "localhost"}


def tell_years(region: Region, name: str, values: dict[str, int | None]) -> None:
    with in_region(region):
        Figure.objects.bulk_create(
            Figure(schema=region.schema_name, metric=name, period=period, value=value, as_of=MORNING)
            for period, value in values.items()
        )


@pytest.fixture
def past(told: Region, lappi: Region) -> Region:
    """Kainuu has told of meetings and members since 2023, Lapland of meetings alone; it is November 2026."""
    with in_region(lappi):
        tell("lappi")
    tell_years(told, "meetings_held", {"2023": 4, "2023-12": 1, "2025": 2, "2025-12": 2, "2026": 3, "2026-11": 3})
    tell_years(told, "members", {"2024-12": None, "2025-12": 12, "2026-10": 14, "2026-11": 15})
    tell_years(lappi, "meetings_held", {"2026": 7, "2026-11": 7, "2027": 1, "2027-01": 1})
    return told


@pytest.fixture(autouse=True)
def in_november() -> object:
    with clock.at(MORNING):
        yield


# --- Trends ---
def points(name: str, schema: str, step: Step = Step.YEAR) -> dict[str, Point]:
    found = metric(name)
    assert found is not None
    with in_national():
        line = trends([found], ["kainuu", "lappi"], step).of(schema, found)
    return {point.period: point for point in line}


def test_what_happens_is_nought_between_and_unknown_before(past: Region) -> None:
    line = points("meetings_held", "kainuu")
    assert [(period, point.value, point.is_known) for period, point in line.items()] == [
        ("2023", 4, True), ("2024", 0, True), ("2025", 2, True), ("2026", 3, True),
    ]  # fmt: skip
    lapland = points("meetings_held", "lappi")
    assert [point.is_known for point in lapland.values()] == [False, False, False, True]
    assert "2027" not in lapland


def test_the_state_of_things_is_that_of_the_end_of_the_year(past: Region) -> None:
    line = points("members", "kainuu")
    assert line["2024"] == Point("2024", None, is_known=True)
    assert (line["2025"].value, line["2026"].value) == (12, 15)
    assert points("members", "lappi") == {}


def test_months_are_those_of_two_years(past: Region) -> None:
    line = points("meetings_held", "kainuu", Step.MONTH)
    assert (len(line), min(line), max(line)) == (24, "2024-12", "2026-11")
    assert (line["2025-12"].value, line["2025-11"].value, line["2026-11"].value) == (2, 0, 3)
    members = points("members", "kainuu", Step.MONTH)
    assert [period for period, point in members.items() if point.is_known] == [
        "2024-12",
        "2025-12",
        "2026-10",
        "2026-11",
    ]


# --- Drawings ---
def known(*values: int | None) -> list[Point]:
    return [Point(str(2020 + place), value, is_known=True) for place, value in enumerate(values)]


def test_a_number_that_is_not_told_leaves_a_gap() -> None:
    chart = charts.draw([("Kainuu", known(1, None, 3, 4))], ["2020", "2021", "2022", "2023"])
    assert chart is not None
    (line,) = chart.lines
    assert re.findall("[ML]", line.path) == ["M", "M", "L"]
    assert len(line.marks) == 3
    assert [tick.text for tick in chart.across] == ["2020", "2021", "2023"]


def test_lines_differ_by_more_than_colour() -> None:
    chart = charts.draw([(str(n), known(n, n)) for n in range(6)], ["a", "b"])
    assert chart is not None
    assert len(chart.lines) == charts.MOST_LINES
    assert len({(line.number, line.kind) for line in chart.lines}) == charts.MOST_LINES
    assert [bool(line.sample) for line in chart.lines] == [False, True, True, True]


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 1), (1, 1), (3, 5), (7, 10), (10, 10), (11, 20), (43, 50), (501, 1000)]
)
def test_the_axis_ends_at_a_round_number(largest: int, top: int) -> None:
    assert charts.ceiling(largest) == top


@pytest.mark.parametrize("lines", [[], [("x", [])], [("x", known(None, None))]])
def test_nothing_is_drawn_of_nothing(lines: list[tuple[str, list[Point]]]) -> None:
    assert charts.draw(lines, ["2020", "2021"]) is None


def test_every_point_stands_within_the_drawing() -> None:
    chart = charts.draw([("x", known(0, 999, 7))], ["a", "b", "c"])
    assert chart is not None
    for mark in chart.lines[0].marks:
        assert 0 < mark.x < chart.width
        assert 0 < mark.y < chart.height


# --- The page ---
PAGES = ("/vertailu/", "/sv/jamforelse/", "/en/compare/", "/vertailu/?region=kainuu&step=month")


@pytest.mark.parametrize("path", PAGES)
def test_every_drawing_has_its_name_its_words_and_its_table(past: Region, client: Client, path: str) -> None:
    html = get(client, path)
    assert html.count("<h1") == 1
    drawings = re.findall(r'<svg class="y-trend__drawing".*?</svg>', html, re.DOTALL)
    assert len(drawings) >= 2
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)
        assert root.get("role") == "img"
        title, words = root.get("aria-labelledby", "").split()
        named = {element.get("id"): element.text for element in root if element.get("id")}
        assert named[title]
        assert "Kainuu" in (named[words] or "") or "Kajanaland" in (named[words] or "")
    tables = re.findall(r"y-trend.*?</figure>", html, re.DOTALL)
    assert all("<table" in table for table in tables)
    assert "style=" not in html


def test_the_chosen_regions_stand_beside_each_other(past: Region, client: Client) -> None:
    html = get(client, "/vertailu/?region=lappi").partition('id="now"')[2]
    assert "Lappi" in html
    assert "Kainuu" not in html
    both = get(client, "/vertailu/?region=lappi&region=kainuu")
    assert re.search(r"<td[^>]*>\s*<span class=\"y-nowrap\">alle 5</span>", both)


@pytest.mark.parametrize("query", ["?region=atlantis", "?step=century", "?region=%3Cscript%3E", "?region=kainuu&step="])
def test_nonsense_is_refused_or_ignored(past: Region, client: Client, query: str) -> None:
    response = client.get(f"/vertailu/{query}", headers=HOST)
    assert response.status_code in (200, 422)
    assert b"<script>" not in response.content.replace(b'<script type="module"', b"")


def test_more_than_four_are_refused(past: Region, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yhdys.web.national.forms.MOST_LINES", 1)
    response = client.get("/vertailu/?region=kainuu&region=lappi", headers=HOST)
    assert response.status_code == 422
    assert "Valitse enintään neljä maakuntaa." in response.content.decode()


def test_a_closed_region_is_not_compared(past: Region, client: Client) -> None:
    suspend_region("kainuu")
    for path in ("/vertailu/?region=kainuu", "/luvut.csv?region=kainuu&period=all"):
        assert "Kainuu" not in get(client, path), path


def test_choosing_more_costs_no_more_queries(past: Region, client: Client) -> None:
    asked = []
    for path in (
        "/vertailu/?region=kainuu",
        "/vertailu/?region=kainuu&region=lappi&step=month",
        "/luvut.xlsx?period=all",
    ):
        with in_national(), CaptureQueriesContext(connection) as queries:
            client.get(path, headers=HOST)
        asked.append(len(queries))
    assert asked == [4, 4, 3]


def test_the_regions_page_tells_where_it_is(told: Region, client: Client) -> None:
    for path in ("/maakunnat/kainuu/", "/maakunnat/uusimaa/"):
        html = get(client, path)
        assert "NUTS 3" in html
    assert "Kajaani" in get(client, "/maakunnat/kainuu/")


# --- Files ---
def sheets(client: Client, path: str) -> dict[str, Worksheet]:
    response = client.get(path, headers=HOST)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert "attachment" in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.content))
    return {sheet.title: sheet for sheet in book.worksheets}


def test_both_files_say_the_same(past: Region, client: Client) -> None:
    text = client.get("/luvut.csv?period=all", headers=HOST).content.decode("utf-8-sig")
    in_csv = list(csv.reader(io.StringIO(text), delimiter=";"))
    in_xlsx = list(sheets(client, "/luvut.xlsx?period=all")["Luvut"].iter_rows(values_only=True))
    for one, other in zip(in_csv, in_xlsx, strict=True):
        assert one[:4] == [cell or "" for cell in other[:4]]
        assert one[4] == ("" if other[4] is None else str(other[4]))
    kept = {(row[7], row[3]): row for row in in_csv if row[1] == "Kainuu"}
    assert kept["meetings_held", "2023-12"][4] == "1"
    assert kept["members", "2024-12"][4:7:2] == ["", "alle 5"]


def test_numbers_and_days_are_numbers_and_days(told: Region, client: Client) -> None:
    tell_years(told, "latest_meeting", {"now": 20261120})
    found = sheets(client, "/luvut.xlsx")
    rows = {row[7].value: row for row in found["Luvut"].iter_rows(min_row=2)}
    assert (rows["seats"][4].data_type, rows["seats"][4].value) == ("n", 11)
    assert rows["latest_meeting"][4].is_date
    assert rows["latest_meeting"][4].value.date().isoformat() == "2026-11-20"
    assert rows["seats"][5].value.isoformat() == "2026-11-21T09:00:00"
    meanings = {row[3]: row[1] for row in found["Määritelmät"].iter_rows(min_row=2, values_only=True)}
    assert "Vuosi" in meanings["council_founded"]


@pytest.mark.parametrize("text", ["=1+1", "+358", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_a_text_is_never_a_formula(told: Region, client: Client, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("yhdys.overview.queries.RegionOverview.name", property(lambda region: text))
    rows = list(
        csv.reader(io.StringIO(client.get("/luvut.csv", headers=HOST).content.decode("utf-8-sig")), delimiter=";")
    )
    assert {row[1] for row in rows[1:]} == {f"'{text}"}
    cells = [row[1] for row in sheets(client, "/luvut.xlsx")["Luvut"].iter_rows(min_row=2)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("path", ["/luvut.csv", "/luvut.xlsx", "/sv/siffror.xlsx", "/julkaistut/atom.xml"])
def test_a_file_that_is_known_is_not_sent_again(told: Region, client: Client, path: str) -> None:
    first = client.get(path, headers=HOST)
    assert client.get(path, headers=HOST | {"if-none-match": first["ETag"]}).status_code == 304
    with in_region(told):
        RegionProfile.objects.update(as_of=clock.helsinki(2026, 11, 22))
        Figure.objects.filter(metric="seats").update(value=12)
    tell_years(told, "meetings_held", {"2026": 1})
    if "atom" not in path:
        assert client.get(path, headers=HOST | {"if-none-match": first["ETag"]}).status_code == 200


def test_the_nations_feed_leads_to_the_regions(told: Region, client: Client) -> None:
    root = ElementTree.fromstring(client.get("/julkaistut/atom.xml", headers=HOST).content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    entries = root.findall("a:entry", atom)
    assert len(entries) == 30
    assert entries[0].findtext("a:title", namespaces=atom) == "Otsikko 0: kainuu"
    assert entries[0].find("a:link", atom).get("href") == "http://kainuu.localhost:8000/uutiset/0/"  # type: ignore[union-attr]
    assert root.findtext("a:updated", namespaces=atom) == "2026-11-21T07:00:00Z"
    assert '<link rel="alternate" type="application/atom+xml"' in get(client, "/julkaistut/")
