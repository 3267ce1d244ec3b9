"""A region's published things as data, and nothing that is not published."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.conftest import Ask
from tests.factories.councils import BodyFactory

from yhdys.core import clock
from yhdys.councils.enums import BodyKind
from yhdys.councils.models import Body
from yhdys.meetings.models import Meeting
from yhdys.meetings.models.meeting import Announcement
from yhdys.news.enums import ArticleState
from yhdys.news.models import Article
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

NOON = clock.helsinki(2026, 11, 20, 12)


@pytest.fixture
def council(kainuu: Region) -> Body:
    with in_region(kainuu):
        council: Body = BodyFactory.create(
            slug="neuvottelukunta", name_fi="Neuvottelukunta", founded_on=date(2020, 11, 23)
        )
    return council


def article(n: int, state: str = ArticleState.PUBLISHED) -> Article:
    made: Article = Article.objects.create(
        title_fi=f"Tiedote {n}", body_fi="<p>Teksti.</p>", state=state, slug=f"tiedote-{n}",
        published_at=NOON - timedelta(days=n),
    )  # fmt: skip
    return made


def meeting(body: Body, n: int, *, announced: bool = True) -> Meeting:
    made: Meeting = Meeting.objects.create(
        body=body, title_fi=f"Kokous {n}", slug=f"2026-11-{n:02}-kokous", starts_at=NOON - timedelta(days=n),
        place_fi="Kajaani", remote_link="https://meet.example/secret",
    )  # fmt: skip
    if announced:
        Announcement.objects.create(meeting=made)
    return made


def test_bodies_are_told_with_their_page(ask: Ask, council: Body, kainuu: Region) -> None:
    with in_region(kainuu):
        BodyFactory.create(slug="tyovaliokunta", kind=BodyKind.WORKING_COMMITTEE, parent=council)
    answer = ask("kainuu", "bodies/")
    assert (answer["next"], answer["previous"]) == (None, None)
    first, second = answer["results"]
    assert (first["slug"], first["name"], first["founded_on"]) == (
        "neuvottelukunta",
        {"fi": "Neuvottelukunta"},
        "2020-11-23",
    )
    assert first["url"].startswith("http://kainuu.localhost/neuvottelukunta")
    assert (second["slug"], second["parent"]) == ("tyovaliokunta", "neuvottelukunta")


def test_only_published_news_are_told(ask: Ask, kainuu: Region) -> None:
    with in_region(kainuu):
        article(1)
        article(2, ArticleState.DRAFT)
    answer = ask("kainuu", "news/")
    assert [one["title"] for one in answer["results"]] == [{"fi": "Tiedote 1"}]
    assert answer["results"][0]["url"] == "http://kainuu.localhost/uutiset/tiedote-1/"


def test_news_come_in_pages(ask: Ask, kainuu: Region) -> None:
    with in_region(kainuu):
        for n in range(3):
            article(n)
    first = ask("kainuu", "news/?page_size=2")
    assert [one["slug"] for one in first["results"]] == ["tiedote-0", "tiedote-1"]
    assert first["previous"] is None
    assert first["next"].startswith("http://kainuu.localhost/api/v1/news/?")
    with in_region(kainuu):
        article(-1)  # What is published meanwhile shifts nothing.
    second = ask("kainuu", first["next"].partition("/api/v1/")[2])
    assert [one["slug"] for one in second["results"]] == ["tiedote-2"]
    assert second["next"] is None
    back = ask("kainuu", second["previous"].partition("/api/v1/")[2])
    assert [one["slug"] for one in back["results"]] == ["tiedote-0", "tiedote-1"]
    assert back["next"] is not None
    assert [one["slug"] for one in ask("kainuu", back["previous"].partition("/api/v1/")[2])["results"]] == [
        "tiedote--1"
    ]


def test_only_announced_meetings_are_told_and_never_the_link(ask: Ask, council: Body, kainuu: Region) -> None:
    with in_region(kainuu):
        meeting(council, 1)
        meeting(council, 2, announced=False)
    answer = ask("kainuu", "meetings/")
    [told] = answer["results"]
    assert (told["title"], told["body"], told["place"]) == ({"fi": "Kokous 1"}, "neuvottelukunta", {"fi": "Kajaani"})
    assert told["minutes_published_at"] is None
    assert "secret" not in str(answer)


def test_what_one_region_has_published_is_nothing_in_another(ask: Ask, kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        article(1)
    assert ask("lappi", "news/")["results"] == []


@pytest.mark.parametrize("path", ["bodies/", "news/", "meetings/"])
def test_one_row_costs_the_same_queries_as_many(ask: Ask, council: Body, kainuu: Region, path: str) -> None:
    def queries() -> int:
        with in_region(kainuu), CaptureQueriesContext(connection) as captured:
            ask("kainuu", path)
        return len(captured)

    def add(n: int) -> None:
        with in_region(kainuu):
            BodyFactory.create(kind=BodyKind.OTHER, parent=council)
            article(n)
            meeting(council, n)

    add(1)
    ask("kainuu", path)
    few = queries()
    for n in (2, 3):
        add(n)
    assert queries() == few
