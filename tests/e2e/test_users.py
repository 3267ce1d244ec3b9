"""From an invitation to the new user's first page, and a desk with things to do."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.accounts.conftest import set_up_app
from tests.e2e.conftest import Site, enter, keep_picture
from tests.factories.accounts import StaffRoleFactory, UserFactory, user_with_role

from yhdys.accounts.models import User
from yhdys.core import clock, todo
from yhdys.core.todo import Todo
from yhdys.tenancy.context import in_region


@pytest.fixture
def anna(site: Site) -> User:
    with in_region("kainuu"):
        user = user_with_role("administrator", email="anna@esimerkki.example", name="Anna Ahven")
        set_up_app(user)
        UserFactory.create(name="Matti Made", email="matti@esimerkki.example", last_login=clock.now())
        StaffRoleFactory.create(user__name="Sirkka Särki", user__email="sirkka@esimerkki.example")
    return user


def test_an_administrator_invites_and_the_invited_begins(site: Site, page: Page, anna: User) -> None:
    enter(page.context, site, anna, "kainuu")
    page.goto(site.url("kainuu", "/en/workspace/users/"))
    keep_picture(page, "users")
    page.get_by_role("link", name="Invite a user").click()
    keep_picture(page, "invite")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("alert")).to_be_visible()
    keep_picture(page, "invite-mistakes")
    page.get_by_label("Name").fill("Ulla Uusi")
    page.get_by_label("E-mail address").fill("ulla@esimerkki.example")
    page.get_by_label("English").check()
    page.get_by_label("Editor").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
    keep_picture(page, "user")
    link = site.link_to("ulla@esimerkki.example", "kainuu")
    page.get_by_role("button", name="Sign out").click()

    page.goto(link)
    expect(page.get_by_role("heading", name="Welcome, Ulla Uusi")).to_be_visible()
    keep_picture(page, "invitation")
    page.get_by_role("button", name="Open the workspace").click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    keep_picture(page, "invitation-used")


def test_a_forgotten_password_is_replaced_in_the_browser(site: Site, page: Page) -> None:
    with in_region("kainuu"):
        UserFactory.create(email="kaija@esimerkki.example", name="Kaija Kuikka")
    page.goto(site.url("kainuu", "/en/sign-in/"))
    page.get_by_role("link", name="I have forgotten my password").click()
    keep_picture(page, "forgotten")
    page.get_by_label("E-mail address").fill("kaija@esimerkki.example")
    page.get_by_role("button", name="Send the code").click()
    page.get_by_label("Code from the letter").fill(site.code_to("kaija@esimerkki.example", "kainuu"))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New password", exact=True).fill("viisi-joutsenta-ui")
    page.get_by_label("New password again").fill("viisi-joutsenta-ui")
    keep_picture(page, "new-password")
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_role("heading", name="You have a new password")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/en/sign-in/$"))


def test_a_desk_shows_what_hurries_first(site: Site, page: Page, anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    today = clock.today()
    todos = [
        Todo(
            "Check the minutes of 4 March", "workspace:account", due=today - timedelta(days=2), detail="Työvaliokunta"
        ),
        Todo("Answer the notice of the spring meeting", "workspace:account", due=today + timedelta(days=3)),
        Todo("Prepare the agenda of the autumn meeting", "workspace:users", due=today + timedelta(days=40)),
        Todo("Tell the accessibility of the contact page", "workspace:users"),
    ]
    monkeypatch.setattr(todo, "_sources", [lambda user: todos])
    enter(page.context, site, anna, "kainuu")
    page.goto(site.url("kainuu", "/en/workspace/"))
    expect(page.get_by_text("4 things wait for you.")).to_be_visible()
    keep_picture(page, "home")
