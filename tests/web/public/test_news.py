"""News as the public reads them."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.councils import BodyFactory
from tests.factories.news import ArticleFactory
from tests.web.public.conftest import Visit
from tests.web.public.test_front_and_contacts import meeting as announced_meeting
from tests.web.public.test_front_and_contacts import text

from yhdys.core import clock
from yhdys.core.text import sort_key
from yhdys.keywords.models import Keyword
from yhdys.meetings.enums import MeetingState
from yhdys.news import actions
from yhdys.news.enums import ArticleKind
from yhdys.news.models import Elsewhere
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_list_shows_the_newest_first_and_no_drafts(region: Region, visit: Visit) -> None:
    with clock.at(clock.helsinki(2021, 1, 2)):
        ArticleFactory(title_fi="Vanha", published=True)
    ArticleFactory(title_fi="Uusi", published=True)
    ArticleFactory(title_fi="Luonnos")
    actions.schedule_article(ArticleFactory(title_fi="Ajastettu"), at=clock.now() + timedelta(days=1), by=None)
    actions.withdraw_article(ArticleFactory(title_fi="Peruttu", published=True), reason="Virhe", by=None)
    page = text(visit("/uutiset/"))
    assert page.index("Uusi") < page.index("Vanha")
    assert [word for word in ("Luonnos", "Ajastettu", "Peruttu") if word in page] == []


def test_another_regions_news_are_not_here(kainuu: Region, lappi: Region, visit: Visit) -> None:
    with in_region(lappi):
        article = ArticleFactory(title_fi="Lapin oma", published=True)
    assert "Lapin oma" not in text(visit("/uutiset/"))
    assert visit(f"/uutiset/{article.slug}/").status_code == 404
    assert visit(f"/uutiset/{article.slug}/", host="lappi.localhost").status_code == 200


@pytest.mark.parametrize(
    ("wish", "shown"),
    [
        ({}, {"Kokous", "Kirjoitus"}),
        ({"kind": "blog"}, {"Kirjoitus"}),
        ({"year": "2021"}, {"Kokous"}),
        ({"keyword": "volunteering"}, {"Kirjoitus"}),
        ({"keyword": "volunteering", "year": "2021"}, set()),
        ({"kind": "nonsense"}, {"Kokous", "Kirjoitus"}),
        ({"year": "1066"}, {"Kokous", "Kirjoitus"}),
        ({"keyword": "<script>"}, {"Kokous", "Kirjoitus"}),
        ({"page": "999"}, {"Kokous", "Kirjoitus"}),
        ({"page": "x"}, {"Kokous", "Kirjoitus"}),
    ],
)
def test_readers_narrow_the_list(region: Region, visit: Visit, wish: dict[str, str], shown: set[str]) -> None:
    with clock.at(clock.helsinki(2021, 5, 2)):
        ArticleFactory(title_fi="Kokous", published=True)
    ArticleFactory(
        title_fi="Kirjoitus",
        kind=ArticleKind.BLOG,
        byline="Vieras Kirjoittaja",
        keywords=["volunteering"],
        published=True,
    )
    page = visit("/uutiset/", **wish)
    assert page.status_code == 200
    assert {title for title in ("Kokous", "Kirjoitus") if f">{title}</a>" in text(page)} == shown


def test_a_long_list_has_pages(region: Region, visit: Visit) -> None:
    for number in range(13):
        with clock.at(clock.helsinki(2021, 5, 1 + number)):
            ArticleFactory(title_fi=f"Juttu {number:02}.", published=True)
    first, second = text(visit("/uutiset/")), text(visit("/uutiset/", page="2"))
    assert "Juttu 12." in first
    assert "Juttu 00." not in first
    assert "Juttu 00." in second


def test_the_list_asks_the_database_as_often_for_one_article_as_for_three(region: Region, visit: Visit) -> None:
    keyword = Keyword.objects.all()[0]
    asked = []
    visit("/uutiset/")  # The first visit to a host looks up whose it is.
    for more in (1, 2):
        for _ in range(more):
            ArticleFactory(published=True, keywords=[keyword])
        with CaptureQueriesContext(connection) as queries:
            visit("/uutiset/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[1] <= 10


def test_an_article_tells_who_wrote_it_when_and_about_what(region: Region, visit: Visit) -> None:
    with clock.at(clock.helsinki(2022, 3, 12, 9)):
        article = ArticleFactory(
            kind=ArticleKind.BLOG, byline="Vieras Kirjoittaja", keywords=["volunteering"], published=True
        )
        actions.note_elsewhere(
            Elsewhere(article=article, name_fi="Ohjelman blogisarja", url="https://ohjelma.example/1"), by=None
        )
    page = text(visit(f"/uutiset/{article.slug}/"))
    for fact in (
        article.title,
        "12.3.2022",
        "Vieras Kirjoittaja",
        "<strong>asiasta</strong>",
        Keyword.objects.get(pk="volunteering").name_fi,
        "https://ohjelma.example/1",
        "Ohjelman blogisarja",
        '<meta property="og:type" content="article">',
    ):
        assert fact in page


def test_drafts_and_unknown_articles_do_not_exist_and_a_withdrawn_one_is_gone(region: Region, visit: Visit) -> None:
    withdrawn = ArticleFactory(title_fi="Salattava otsikko", published=True)
    actions.withdraw_article(withdrawn, reason="Virhe", by=None)
    answer = visit(f"/uutiset/{withdrawn.slug}/")
    assert answer.status_code == 410
    assert "Salattava otsikko" not in text(answer)
    assert visit("/uutiset/2022-01-01-ei-ole/").status_code == 404


def test_each_language_has_its_own_address_and_says_what_it_lacks(region: Region, visit: Visit) -> None:
    article = ArticleFactory(title_fi="Uutinen", title_sv="Nyhet", published=True)
    page = text(visit(f"/sv/nyheter/{article.slug}/"))
    assert '<html lang="sv"' in page
    assert "Nyhet" in page
    assert 'class="y-prose" lang="fi"' in page
    assert "y-language-note" in page
    assert f'hreflang="fi" href="http://kainuu.localhost/uutiset/{article.slug}/"' in page
    assert f'hreflang="en" href="http://kainuu.localhost/en/news/{article.slug}/"' in page


def test_the_language_note_is_not_shown_where_nothing_lacks(region: Region, visit: Visit) -> None:
    article = ArticleFactory(published=True)
    assert "y-language-note" not in text(visit(f"/uutiset/{article.slug}/"))


def test_what_people_wrote_cannot_become_markup(region: Region, visit: Visit) -> None:
    article = ArticleFactory(
        title_fi="<b>Otsikko</b>", lead_fi='"><script>x()</script>', byline="<i>Nimi</i>", published=True
    )
    for page in (text(visit(f"/uutiset/{article.slug}/")), text(visit("/uutiset/"))):
        assert "<script>x()" not in page
        assert "<b>Otsikko" not in page
        assert "<i>Nimi" not in page


def test_the_feed_holds_the_newest_in_full(region: Region, visit: Visit) -> None:
    article = ArticleFactory(title_fi="Syötteessä", byline="Vieras Kirjoittaja", published=True)
    ArticleFactory(title_fi="Luonnos")
    answer = visit("/uutiset/atom.xml")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    entries = ElementTree.fromstring(answer.content).findall("a:entry", ATOM)
    assert [entry.findtext("a:title", namespaces=ATOM) for entry in entries] == ["Syötteessä"]
    (entry,) = entries
    assert entry.findtext("a:id", namespaces=ATOM) == f"urn:uuid:{article.pk}"
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Vieras Kirjoittaja"
    assert "<strong>asiasta</strong>" in (entry.findtext("a:content", namespaces=ATOM) or "")


def test_a_meetings_page_leads_to_its_bulletin_and_back(region: Region, visit: Visit) -> None:
    meeting = announced_meeting(BodyFactory(), "Kevätkokous", -3, state=MeetingState.HELD)
    article = ArticleFactory(title_fi="Mitä päätettiin", meeting=meeting, published=True)
    ArticleFactory(title_fi="Luonnos kokouksesta", meeting=meeting)
    page = text(visit(f"/kokoukset/{meeting.slug}/"))
    assert f'href="/uutiset/{article.slug}/"' in page
    assert "Luonnos kokouksesta" not in page
    assert f'href="/kokoukset/{meeting.slug}/"' in text(visit(f"/uutiset/{article.slug}/"))


def test_a_meeting_that_nobody_announced_is_not_told_of(region: Region, visit: Visit) -> None:
    meeting = announced_meeting(BodyFactory(), "Salainen kokous", 3, announced=False)
    article = ArticleFactory(meeting=meeting, published=True)
    assert "Salainen kokous" not in text(visit(f"/uutiset/{article.slug}/"))


def test_keywords_stand_in_the_alphabet_of_the_page(region: Region, visit: Visit) -> None:
    chosen = list(Keyword.objects.all()[:8])
    article = ArticleFactory(keywords=chosen, published=True)
    for path, name in ((f"/uutiset/{article.slug}/", "name_fi"), (f"/sv/nyheter/{article.slug}/", "name_sv")):
        page = text(visit(path))
        shown = sorted(chosen, key=lambda keyword: page.index(f'keyword={keyword.pk}"'))
        assert shown == sorted(chosen, key=lambda keyword: sort_key(getattr(keyword, name)))
