"""News by a program: written, published, withdrawn."""

from typing import Any

import pytest
from tests.api.conftest import Program, program_of
from tests.factories.accounts import user_with_role
from tests.factories.councils import BodyFactory
from tests.factories.meetings import MeetingFactory, in_days
from tests.factories.news import ArticleFactory
from tests.factories.organisations import ContactFactory
from tests.factories.people import in_body

from yhdys.accounts.models import StaffRole
from yhdys.councils.enums import Role
from yhdys.news.models import Article
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

TEXT = {"title": {"fi": "Tiedote"}, "body": {"fi": "<p>Teksti.</p>"}}


@pytest.fixture
def secretary(kainuu: Region) -> Program:
    with in_region(kainuu):
        return program_of(in_body(BodyFactory.create(), Role.SECRETARY), "news:write")


def test_a_draft_is_written_published_corrected_and_withdrawn(secretary: Program) -> None:
    made = secretary.make("news/", TEXT | {"kind": "news"})
    path = f"news/{made['id']}/"
    assert (made["state"], made["url"], made["slug"]) == ("draft", None, None)
    assert Program().get(path).status_code == 404
    published = secretary.change("POST", f"{path}publication/", {}, read=path)
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert Program().told(path)["body"] == {"fi": "<p>Teksti.</p>"}
    corrected = secretary.change("PATCH", path, {"title": {"sv": "Meddelande"}, "lead": {"fi": "Johdanto"}})
    assert corrected.json()["title"] == {"fi": "Tiedote", "sv": "Meddelande"}
    assert secretary.change("DELETE", path).status_code == 403
    assert secretary.change("POST", f"{path}withdrawal/", {}, read=path).status_code == 400
    gone = secretary.change("POST", f"{path}withdrawal/", {"reason": "Virhe"}, read=path)
    assert gone.json()["state"] == "withdrawn"
    assert Program().get(path).status_code == 404


def test_a_draft_is_scheduled_taken_back_and_deleted(secretary: Program) -> None:
    path = f"news/{secretary.make('news/', TEXT)['id']}/"
    late = secretary.change("POST", f"{path}schedule/", {"at": in_days(3).isoformat()}, read=path)
    assert (late.json()["state"], late.json()["scheduled_for"] is not None) == ("scheduled", True)
    assert secretary.change("POST", f"{path}schedule/", {"at": "2020-01-01T10:00:00Z"}, read=path).status_code == 409
    assert secretary.change("DELETE", f"{path}schedule/", read=path).status_code == 204
    assert secretary.told(path)["state"] == "draft"
    assert secretary.change("DELETE", path).status_code == 204
    assert secretary.get(path).status_code == 404


def test_rich_text_is_cleaned(secretary: Program) -> None:
    dirty = '<p onclick="x()">A<script>alert(1)</script><a href="javascript:x">b</a><img src=x onerror=y></p>'
    made = secretary.make("news/", TEXT | {"body": {"fi": dirty}})
    kept = secretary.told(f"news/{made['id']}/")["body"]["fi"]
    assert not any(word in kept for word in ("script", "onclick", "javascript", "img"))


def test_an_editor_writes_and_does_not_publish(kainuu: Region) -> None:
    with in_region(kainuu):
        editor = program_of(user_with_role(StaffRole.Role.EDITOR))
    path = f"news/{editor.make('news/', TEXT)['id']}/"
    assert editor.change("POST", f"{path}publication/", {}, read=path).status_code == 403


def test_what_it_refers_to_must_be_there_for_the_writer(secretary: Program, kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        author, hidden = ContactFactory.create(name="Kirjoittaja"), MeetingFactory.create()
    with in_region(lappi):
        stranger = ContactFactory.create()
    made = secretary.make("news/", TEXT | {"author": str(author.pk), "keywords": []})
    assert made["author"] == "Kirjoittaja"
    for wrong in ({"author": str(stranger.pk)}, {"meeting": str(hidden.pk)}, {"keywords": ["ei-ole"]}, {"author": "x"}):
        answer = secretary.send("POST", "news/", TEXT | wrong)
        assert answer.status_code == 400
        assert set(answer.json()["errors"]) == set(wrong)
    cleared = secretary.change("PATCH", f"news/{made['id']}/", {"author": None, "byline": "Vieras"})
    assert cleared.json()["author"] == "Vieras"


def test_a_meeting_the_public_does_not_know_is_not_named_to_it(kainuu: Region) -> None:
    with in_region(kainuu):
        article = ArticleFactory.create(meeting=MeetingFactory.create(), published=True)
    assert Program().told(f"news/{article.pk}/")["meeting"] is None


@pytest.mark.parametrize("wrong", [{"title": {"fi": ""}}, {"title": {}}, {"title": {"fi": None, "sv": "  "}}])
def test_a_title_is_needed(secretary: Program, wrong: dict[str, Any]) -> None:
    assert secretary.send("POST", "news/", TEXT | wrong).status_code == 409
    with in_region("kainuu"):
        assert not Article.objects.exists()


def test_news_are_narrowed(kainuu: Region, secretary: Program) -> None:
    with in_region(kainuu):
        blog = ArticleFactory.create(kind="blog", byline="Vieras", published=True)
        ArticleFactory.create(published=True)
        ArticleFactory.create()
        day = blog.published_on
    assert [row["id"] for row in Program().told("news/?kind=blog")["results"]] == [str(blog.pk)]
    assert len(Program().told(f"news/?first_day={day}&last_day={day}")["results"]) == 2
    assert Program().told("news/?first_day=2100-01-01")["results"] == []
    assert Program().told("news/?keyword=ei-ole")["results"] == []
    assert Program().told("news/?state=draft")["results"] == []
    assert len(secretary.told("news/?state=draft")["results"]) == 1
    for query in ("kind=party", "first_day=tomorrow", "keyword=%00", "keyword=" + "x" * 51):
        assert Program().get(f"news/?{query}").status_code == 400, query
