"""What holds for every public page: no cookie, nothing from outside, one heading, a strict policy, HEAD as GET."""

import re

import pytest
from django.test import Client
from tests.factories.councils import BodyFactory
from tests.factories.news import ArticleFactory
from tests.web.public.conftest import HOST, Visit
from tests.web.public.test_front_and_contacts import text

from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings

PAGES = [
    "/",
    "/neuvottelukunta/",
    "/uutiset/",
    "/uutiset/2022-03-12-koe/",
    "/yhteystiedot/",
    "/saavutettavuus/",
    "/saavutettavuus/palaute/",
    "/saavutettavuus/palaute/vastaanotettu/",
    "/tietosuoja/",
]
WITHOUT_DESCRIPTION = {"/saavutettavuus/palaute/vastaanotettu/"}
"""Pages that search engines do not show."""


@pytest.fixture(autouse=True)
def content(region: Region) -> None:
    BodyFactory()
    with clock.at(clock.helsinki(2022, 3, 12)):
        ArticleFactory(title_fi="Koe", published=True)


@pytest.mark.parametrize("path", PAGES)
def test_it_sets_no_cookie_and_is_complete(visit: Visit, path: str) -> None:
    answer = visit(path)
    page = text(answer)
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert "csrfmiddlewaretoken" not in page
    assert "y-edited" in page or path.endswith(("/palaute/", "/vastaanotettu/"))
    assert re.search(r'<meta name="description" content="[^"]+"', page) or path in WITHOUT_DESCRIPTION
    assert '<meta property="og:title"' in page


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_fetched_from_elsewhere_or_written_inline(visit: Visit, path: str) -> None:
    answer = visit(path)
    page = text(answer)
    fetched = re.findall(r'(?:src|srcset|poster|action)="([^"]*)"', page)
    fetched += re.findall(r'<link rel="(?:stylesheet|preload|icon|modulepreload)"[^>]*href="([^"]*)"', page)
    assert [one for one in fetched if re.match(r"(?:https?:)?//", one)] == []
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page) == []
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


@pytest.mark.parametrize("path", [*PAGES, "/uutiset/atom.xml", "/robots.txt", "/sitemap.xml"])
def test_head_answers_as_get_does(client: Client, path: str) -> None:
    get, head = client.get(path, headers={"host": HOST}), client.head(path, headers={"host": HOST})
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize("path", PAGES)
def test_demonstration_content_says_so_and_stays_out_of_search(visit: Visit, path: str) -> None:
    assert 'content="noindex"' not in text(visit(path)) or path.endswith("/vastaanotettu/")
    RegionSettings.objects.update(is_demonstration=True)
    page = text(visit(path))
    assert '<meta name="robots" content="noindex">' in page
    assert "y-banner" in page


def test_an_unknown_page_is_a_404_in_the_language_of_its_address(visit: Visit) -> None:
    for path, language in (("/ei-ole/", "fi"), ("/sv/finns-inte/", "sv"), ("/en/no-such/", "en")):
        answer = visit(path)
        assert answer.status_code == 404
        assert f'<html lang="{language}"' in text(answer)


class TestMachines:
    """What programs ask for."""

    def test_robots_are_let_in_everywhere_but_the_workspace(self, visit: Visit) -> None:
        lines = text(visit("/robots.txt")).splitlines()
        assert "Disallow: /tyopoyta/" in lines
        assert "Disallow: /sv/arbetsyta/" in lines
        assert f"Sitemap: http://{HOST}/sitemap.xml" in lines
        assert "Disallow: /" not in lines

    def test_the_site_map_lists_public_pages_in_their_languages(self, visit: Visit) -> None:
        ArticleFactory(title_fi="Luonnos")
        page = text(visit("/sitemap.xml"))
        assert f"<loc>http://{HOST}/uutiset/2022-03-12-koe/</loc>" in page
        assert f'hreflang="sv" href="http://{HOST}/sv/nyheter/2022-03-12-koe/"' in page
        assert "luonnos" not in page.lower()

    def test_the_site_map_of_a_demonstration_is_empty(self, visit: Visit) -> None:
        RegionSettings.objects.update(is_demonstration=True)
        assert "<loc>" not in text(visit("/sitemap.xml"))

    def test_a_vulnerability_has_an_address(self, visit: Visit) -> None:
        page = text(visit("/.well-known/security.txt"))
        assert "Contact: mailto:kainuu@yhdys.example" in page
        assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", page, re.MULTILINE)
