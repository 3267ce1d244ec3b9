"""What every layout shares: one query, error pages that stand by themselves, a stylesheet of the region's colour."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import in_national, in_region
from yhdys.web.context import Site
from yhdys.web.navigation import items

HOST = {"HTTP_HOST": "kainuu.localhost"}


def test_the_colour_of_a_region_comes_as_a_stylesheet_that_anybody_may_keep(client: Client, kainuu: Region) -> None:
    answer = client.get("/-/accent/0a7d5a.css", **HOST)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert "--accent:#0a7d5a" in answer.content.decode()
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("name", ["0A7D5A", "red", "0a7d5", "0a7d5a0", "0a7d5a}"])
def test_what_is_no_colour_has_no_stylesheet(name: str, client: Client, kainuu: Region) -> None:
    assert client.get(f"/-/accent/{name}.css", **HOST).status_code == 404


def test_a_stylesheet_is_only_read(client: Client, kainuu: Region) -> None:
    assert client.head("/-/accent/0a7d5a.css", **HOST).status_code == 200
    assert client.post("/-/accent/0a7d5a.css", **HOST).status_code == 405


def test_a_page_asks_for_the_regions_settings_once(
    region: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request: Any = RequestFactory().get("/nowhere/")
    request.region = region
    with django_assert_num_queries(1):
        html = render_to_string("404.html", request=request)
    assert RegionSettings.objects.get().council_name in html


def test_a_page_that_shows_nothing_of_the_region_asks_for_nothing(
    region: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request: Any = RequestFactory().get("/")
    request.region = region
    with django_assert_num_queries(0):
        assert not Site(request).is_national


def test_each_region_has_its_own_name_and_colour(kainuu: Region, lappi: Region) -> None:
    seen = {}
    for one, colour in ((kainuu, "#0a7d5a"), (lappi, "#a3195b")):
        with in_region(one):
            RegionSettings.objects.update(accent=colour)
            request: Any = RequestFactory().get("/")
            request.region = one
            seen[one.slug] = (Site(request).region_name, Site(request).accent_url)
    assert seen == {"kainuu": ("Kainuu", "/-/accent/0a7d5a.css"), "lappi": ("Lappi", "/-/accent/a3195b.css")}


def test_the_national_site_has_no_regions_settings(
    national: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request: Any = RequestFactory().get("/")
    request.region = None
    with django_assert_num_queries(0):
        site = Site(request)
        assert (site.is_national, site.accent_url, site.is_demonstration) == (True, "", False)


def test_demonstration_content_says_so_and_stays_out_of_search_engines(region: Region) -> None:
    for is_demonstration in (True, False):
        request: Any = RequestFactory().get("/")
        request.region = region
        RegionSettings.objects.update(is_demonstration=is_demonstration)
        html = render_to_string("layouts/public.html", request=request)
        assert ("Esittelysisältöä" in html, 'content="noindex"' in html) == (is_demonstration, is_demonstration)


def test_a_region_offers_only_its_own_languages(region: Region) -> None:
    RegionSettings.objects.update(languages=["sv", "fi"])
    request: Any = RequestFactory().get("/nowhere/?q=1")
    request.region = region
    html = render_to_string("404.html", request=request)
    assert 'hreflang="sv"' in html
    assert 'hreflang="en"' not in html
    assert html.index('lang="fi" hreflang') < html.index('lang="sv" hreflang')


@pytest.mark.parametrize(
    "name", ["500.html", "503.html", "403_csrf.html", "errors/unknown_host.html", "errors/suspended.html"]
)
def test_the_last_pages_need_nothing_and_name_no_region(name: str) -> None:
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert 'lang="sv"' in html
    assert 'lang="en"' in html
    assert not any(word in html for word in ("Kainu", "Lapi", "Kymenlaakso", "neuvottelukun"))


def test_a_door_is_current_for_what_lies_behind_it() -> None:
    doors = (("design:gallery", "Gallery"), ("design:nothing", "Nothing"))
    with in_national(), translation.override("fi"):
        assert [(item.label, item.is_current) for item in items(doors, "/-/gallery/text/")] == [("Gallery", True)]
        assert [item.is_current for item in items(doors, "/")] == [False]


@pytest.mark.parametrize("letters", ["åäöÅÄÖéüõ–”’§€", "čđŋšŧžČĐŊŠŦŽ", "âáäđŋšž", "ǩǧǥʒǯõåäöâǨǦǤƷǮ"])
def test_the_typeface_has_the_letters_of_finland(letters: str) -> None:
    """What tells a browser which file holds which letter covers Finnish, Swedish and the three Sámi languages."""
    css = Path(str(finders.find("web/app.css"))).read_text(encoding="utf-8")
    ranges = [
        tuple(int(end, 16) for end in (one.split("-") * 2)[:2])
        for part in css.split("unicode-range:")[1:]
        for one in part.split("}")[0].split(";")[0].replace("U+", "").replace("u+", "").split(",")
    ]
    assert [letter for letter in letters if not any(first <= ord(letter) <= last for first, last in ranges)] == []
