"""The page of one's own API tokens."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.tokens import token_for
from tests.web.workspace.conftest import Window

from yhdys.accounts.models import User
from yhdys.core import clock
from yhdys.regions.models import Region
from yhdys.tokens.models import AccessToken
from yhdys.tokens.queries import token_of

LIST, NEW = "/en/workspace/account/tokens/", "/en/workspace/account/tokens/new/"
FORM = {"name": "Kotisivut", "scopes": ["meetings:read"], "days": "30"}


@pytest.fixture
def user(region: Region) -> User:
    made: User = UserFactory.create()
    return made


@pytest.fixture
def browser(user: User, window_of: Window) -> Client:
    """A window of somebody who has given the password just now."""
    client = window_of(user)
    assert client.post("/en/account/confirm/", {"password": PASSWORD}).status_code == 302
    return client


def test_a_token_is_shown_once(browser: Client, user: User) -> None:
    page = browser.post(NEW, FORM)
    assert page.status_code == 201
    assert "no-store" in page["Cache-Control"]
    [text] = re.findall(r"yhdys_[0-9a-f]{64}", page.content.decode())
    token = token_of(text)
    assert token is not None
    assert (token.user, token.name, token.scopes) == (user, "Kotisivut", ["meetings:read"])
    assert 29 <= (token.expiry - clock.now()).days <= 30
    listed = browser.get(LIST).content.decode()
    assert "Kotisivut" in listed
    assert text not in listed


@pytest.mark.parametrize(
    "mistake",
    [{"name": ""}, {"scopes": []}, {"scopes": ["overview:read"]}, {"scopes": ["all"]}, {"days": "3650"}, {"days": ""}],
)
def test_a_mistake_makes_no_token(browser: Client, mistake: dict[str, Any]) -> None:
    assert browser.post(NEW, FORM | mistake).status_code == 422
    assert not AccessToken.objects.exists()


def test_who_signed_in_long_ago_does_it_again_first(user: User, window_of: Window) -> None:
    page = window_of(user).get(NEW)
    assert page.status_code == 302
    assert "/account/confirm/" in page["Location"]


def test_one_revokes_ones_own(browser: Client, user: User) -> None:
    token, text = token_for(user)
    browser.post(f"{LIST}{token.pk}/revocation/")
    assert token_of(text) is None


def test_others_tokens_are_not_there(browser: Client) -> None:
    token, text = token_for(UserFactory.create())
    assert token.name not in browser.get(LIST).content.decode()
    assert browser.post(f"{LIST}{token.pk}/revocation/").status_code == 404
    assert token_of(text) is not None


def test_a_visitor_signs_in_first(region: Region) -> None:
    client = Client(headers={"host": "kainuu.localhost"})
    for path in (LIST, NEW):
        assert "sign-in" in client.get(path)["Location"]
