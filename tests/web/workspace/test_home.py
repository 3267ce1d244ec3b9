"""The list of what waits: grouped by hurry, each line leading to where it is done."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.factories.accounts import UserFactory

from yhdys.core import clock, todo
from yhdys.core.todo import Todo
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region
from yhdys.web.workspace.home import group

TODAY = date(2026, 3, 10)


def thing(title: str, due: date | None) -> Todo:
    return Todo(title=title, url_name="workspace:account", due=due)


@pytest.fixture
def only_source(monkeypatch: pytest.MonkeyPatch) -> list[Todo]:
    """The one thing that fills the list: a list of the test's own."""
    todos: list[Todo] = []
    monkeypatch.setattr(todo, "_sources", [lambda user: todos])
    return todos


def test_what_is_late_comes_first_and_what_has_no_date_last(kainuu: Region) -> None:
    days = {"yesterday": -1, "today": 0, "in a week": 7, "in eight days": 8}
    todos = [thing(name, TODAY + timedelta(days=count)) for name, count in days.items()] + [thing("some day", None)]
    groups = group(todos, TODAY)
    assert {one.id: [line.title for line in one.lines] for one in groups} == {
        "late": ["yesterday"],
        "soon": ["today", "in a week"],
        "later": ["in eight days"],
        "no-hurry": ["some day"],
    }
    assert [line.is_late for one in groups for line in one.lines] == [True, False, False, False, False]


def test_empty_groups_are_left_out() -> None:
    assert group([], TODAY) == []


def test_the_page_counts_and_links_what_waits(kainuu: Region, client: Client, only_source: list[Todo]) -> None:
    only_source += [thing("Answer the notice", clock.today()), thing("Check the minutes", None)]
    with in_region(kainuu):
        client.force_login(UserFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/en/workspace/", headers={"host": "kainuu.localhost"}).content.decode()
    assert "2 things wait for you." in page
    assert page.index("Answer the notice") < page.index("Check the minutes")
    assert 'href="/en/workspace/account/"' in page


def test_an_empty_list_teaches_what_will_be_here(kainuu: Region, client: Client, only_source: list[Todo]) -> None:
    with in_region(kainuu):
        client.force_login(UserFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/en/workspace/", headers={"host": "kainuu.localhost"}).content.decode()
    assert "Nothing waits for you" in page
    assert "it appears here by itself" in page


def test_the_national_desk_asks_no_region_s_records(db: None, client: Client, only_source: list[Todo]) -> None:
    only_source.append(thing("Answer the notice", clock.today()))
    with in_national():
        client.force_login(UserFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/en/workspace/", headers={"host": "localhost"}).content.decode()
    assert "Nothing waits for you" in page


def test_the_national_desk_has_sources_of_its_own(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todo, "_national", [])
    todo.national_source(lambda user: [thing("Look at the figures", None)])
    with in_national():
        client.force_login(UserFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Look at the figures" in client.get("/en/workspace/", headers={"host": "localhost"}).content.decode()
