"""The national site shows what regions have told, and nothing else."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.national.conftest import tell

from yhdys.core import clock
from yhdys.overview.models import Figure, RegionProfile
from yhdys.overview.queries import regions_of_finland
from yhdys.regions.actions import suspend_region
from yhdys.regions.models import Region
from yhdys.regions.reference import known_regions
from yhdys.tenancy.context import in_national, in_region
from yhdys.web.national import tilemap

PAGES = {
    "/": "Suomen järjestöneuvottelukunnat",
    "/sv/": "Organisationsdelegationerna i Finland",
    "/en/": "The advisory councils of organisations in Finland",
    "/maakunnat/kainuu/": "Kainuu",
    "/maakunnat/uusimaa/": "Uusimaa",
    "/sv/landskap/kainuu/": "Kajanaland",
    "/luvut/": "Luvut ja mitä ne tarkoittavat",
    "/en/figures/": "Figures and what they mean",
    "/vertailu/": "Vertaile maakuntia",
    "/en/compare/": "Compare the regions",
    "/julkaistut/": "Neuvottelukuntien julkaisut",
    "/saavutettavuus/": "Saavutettavuusseloste",
    "/sv/tillganglighet/": "Tillgänglighetsutlåtande",
    "/tietosuoja/": "Tietosuojaseloste",
}


def get(client: Client, path: str) -> str:
    response = client.get(path, headers={"host": "localhost"})
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_every_page_opens_with_one_heading_and_no_cookie(told: Region, client: Client, path: str, heading: str) -> None:
    response = client.get(path, headers={"host": "localhost"})
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert heading in html.replace("\u00ad", "").replace("\u00a0", " ")
    assert not response.cookies
    assert client.head(path, headers={"host": "localhost"}).status_code == 200


@pytest.mark.parametrize("path", [path for path in PAGES if "uusimaa" not in path])
def test_pages_open_while_nobody_has_told_anything(db: None, client: Client, path: str) -> None:
    get(client, path)


def test_the_front_page_names_every_region_below_the_map_and_on_it(told: Region, client: Client) -> None:
    html = get(client, "/")
    for known in known_regions():
        assert html.count(f'href="/maakunnat/{known.slug}/"') == 2, known.slug
    assert "Neuvottelukunta kainuu" in html
    assert 'href="http://kainuu.localhost:8000/"' in html
    assert "(2 avoinna)" in html
    table, _, named = html.partition("</table>")
    assert 'href="/maakunnat/kainuu/"' in table
    assert 'href="/maakunnat/uusimaa/"' in named


def test_the_map_is_read_without_colour(told: Region, client: Client) -> None:
    html = get(client, "/")
    assert 'aria-label="Kainuu: käytössä"' in html
    assert 'aria-label="Uusimaa: ei vielä käytössä"' in html


def test_the_latest_of_all_regions_lead_to_their_own_sites(told: Region, lappi: Region, client: Client) -> None:
    with in_region(lappi):
        tell("lappi", at=clock.helsinki(2026, 11, 22))
    html = get(client, "/")
    first, second = html.index("Otsikko 0: lappi"), html.index("Otsikko 0: kainuu")
    assert first < second
    assert "http://lappi.localhost:8000/uutiset/0/" in html


def test_figures_of_people_that_are_too_few_are_said_so(told: Region, client: Client) -> None:
    assert "alle 5" in get(client, "/maakunnat/kainuu/")


def test_a_figure_of_another_year_is_not_shown_as_this_years(told: Region, client: Client) -> None:
    with in_region(told):
        year = clock.today().year
        Figure.objects.create(
            schema="kainuu", metric="meetings_held", period=str(year - 1), value=98765, as_of=clock.now()
        )
    assert "98765" not in get(client, "/")


def test_years_between_the_first_and_the_last_are_all_shown(told: Region, client: Client) -> None:
    with in_region(told):
        for year, value in (("2019", 4), (str(clock.today().year), 7)):
            Figure.objects.create(schema="kainuu", metric="meetings_held", period=year, value=value, as_of=clock.now())
    html = get(client, "/maakunnat/kainuu/").partition("vuosittain")[2].partition("</table>")[0]
    rows = re.findall(r"<th scope=\"row\"[^>]*>(\d+)</th>\s*<td[^>]*><span[^>]*>(\d+)</span>", html)
    assert rows[0] == (str(clock.today().year), "7")
    assert rows[-2:] == [("2020", "0"), ("2019", "4")]
    assert len(rows) == clock.today().year - 2018


def test_a_suspended_region_shows_neither_figures_nor_items(told: Region, client: Client) -> None:
    suspend_region("kainuu")
    for path in ("/", "/maakunnat/kainuu/", "/luvut/", "/julkaistut/"):
        html = get(client, path)
        assert "Otsikko" not in html, path
        assert "2020" not in html.partition("<main")[2].partition("</main>")[0].replace("2026", ""), path
    assert "suljettu" in get(client, "/maakunnat/kainuu/")


def test_what_is_invented_is_said_so_and_kept_from_search_engines(told: Region, client: Client) -> None:
    paths = ["/", "/maakunnat/kainuu/", "/luvut/", "/julkaistut/"]
    for path in paths:
        assert "noindex" not in get(client, path)
    with in_region(told):
        RegionProfile.objects.update(demonstration=True)
    for path in paths:
        html = get(client, path)
        assert "noindex" in html, path
        assert "Esittelysisältö" in html or "esittelysisältöä" in html, path
    assert "noindex" not in get(client, "/maakunnat/lappi/")


def test_a_region_that_finland_does_not_have_is_not_found(told: Region, client: Client) -> None:
    assert client.get("/maakunnat/atlantis/", headers={"host": "localhost"}).status_code == 404


def test_a_text_that_a_region_pushed_cannot_bring_markup(told: Region, client: Client) -> None:
    with in_region(told):
        RegionProfile.objects.update(council_name_fi="<script>alert(1)</script>")
    assert "<script>alert" not in get(client, "/")


def test_published_things_are_narrowed_and_paged(told: Region, lappi: Region, client: Client) -> None:
    with in_region(lappi):
        tell("lappi")
    html = get(client, "/julkaistut/?region=kainuu")
    assert "Otsikko 0: kainuu" in html
    assert ": lappi" not in html
    assert "Otsikko 29: kainuu" in get(client, "/julkaistut/?region=kainuu&page=2")
    assert "Otsikko 0: lappi" in get(client, "/julkaistut/?region=atlantis")  # A choice that is none narrows nothing.


def test_the_file_has_the_same_figures(told: Region, client: Client) -> None:
    response = client.get("/luvut.csv", headers={"host": "localhost"})
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:6] == ["Maakuntakoodi", "Maakunta", "Luku", "Ajanjakso", "Arvo", "Laskettu"]
    assert ["18", "Kainuu", "Jäsenpaikat", "now", "11"] in [row[:5] for row in rows]
    assert ["18", "Kainuu", "Jäsenet", "now", ""] in [row[:5] for row in rows]
    assert "attachment" in response["Content-Disposition"]


def test_the_national_site_is_not_a_regions(told: Region, client: Client) -> None:
    for path in ("/luvut/", "/maakunnat/kainuu/", "/julkaistut/"):
        assert client.get(path, headers={"host": "kainuu.localhost"}).status_code == 404


def count(client: Client) -> dict[str, int]:
    counted = {}
    for path in EXPECTED:
        with in_national(), CaptureQueriesContext(connection) as queries:
            get(client, path)
        counted[path] = len(queries)
    return counted


EXPECTED = {"/": 4, "/maakunnat/kainuu/": 6, "/vertailu/": 4, "/luvut/": 3, "/luvut.csv": 3, "/julkaistut/": 4}


def test_three_regions_cost_a_few_queries(three_regions: None, client: Client) -> None:
    assert count(client) == EXPECTED


def test_thirty_regions_cost_the_same_queries(all_of_finland: None, client: Client) -> None:
    with in_national():
        assert all(region.is_open and region.figures for region in regions_of_finland())
    assert count(client) == EXPECTED


def test_the_map_places_every_region_once() -> None:
    assert set(tilemap.POSITIONS) == {known.slug for known in known_regions()}
    assert len(set(tilemap.POSITIONS.values())) == len(tilemap.POSITIONS)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_initials_on_the_map_tell_regions_apart(db: None, language: str) -> None:
    from django.utils import translation

    with in_national(), translation.override(language):
        tiles = tilemap.draw(regions_of_finland([])).tiles
    assert len({tile.initials for tile in tiles}) == len(tiles)
