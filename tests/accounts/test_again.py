"""Showing who one is once more, for those who have neither a password nor a second factor."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.accounts.conftest import Browser, code_in, enter, last_letter, set_up_app
from tests.factories.accounts import UserFactory

from yhdys.accounts.models import User
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

LEAVE, CODE = "/en/workspace/account/leave/", "/en/account/confirm/code/"
ASKED = f"{CODE}?{urlencode({'next': LEAVE})}"


@pytest.fixture
def ville(kainuu: Region) -> User:
    """A member who signs in with codes by e-mail and has no password."""
    with in_region(kainuu):
        user: User = UserFactory.create(email="ville@esimerkki.example", name="Ville Varpunen", password=None)
    return user


def send_code(window: Client, region: Region) -> str:
    """Ask for a code. Returns the one in the letter."""
    assert window.post(CODE, {"action": "send", "next": LEAVE}).url == ASKED
    with in_region(region):
        return code_in(last_letter())


def test_who_has_no_password_shows_with_a_code_who_they_are(browser: Browser, kainuu: Region, ville: User) -> None:
    window = enter(browser("kainuu"), kainuu, ville)
    asked = window.post(LEAVE, {"sure": "on"}, follow=True)
    assert asked.redirect_chain == [(ASKED, 302)]
    with in_region(kainuu):
        assert not OutgoingMail.objects.filter(purpose="accounts.code").exists()  # Opening the page sends nothing.
    code = send_code(window, kainuu)
    assert ville.email in window.get(ASKED).content.decode()
    window.post(CODE, {"code": "00000000", "next": LEAVE})
    with in_region(kainuu):
        assert User.objects.get(pk=ville.pk).is_active
    window.post(CODE, {"code": code, "next": LEAVE})
    with in_region(kainuu):
        assert not User.objects.get(pk=ville.pk).is_active  # What was sent first is done now.


def test_a_code_is_good_once_and_in_the_session_that_asked(browser: Browser, kainuu: Region, ville: User) -> None:
    window, other = enter(browser("kainuu"), kainuu, ville), enter(browser("kainuu"), kainuu, ville)
    code = send_code(window, kainuu)
    assert other.post(CODE, {"code": code, "next": LEAVE}).url == ASKED
    assert other.get(LEAVE).status_code == 302
    assert window.post(CODE, {"code": code, "next": LEAVE}).url == LEAVE
    assert window.get(LEAVE).status_code == 200
    assert window.post(CODE, {"code": code, "next": LEAVE}).url == ASKED


def test_three_wrong_codes_end_it(browser: Browser, kainuu: Region, ville: User) -> None:
    window = enter(browser("kainuu"), kainuu, ville)
    code = send_code(window, kainuu)
    assert [window.post(CODE, {"code": "11111111"}).status_code for _ in range(3)] == [200, 200, 302]
    window.post(CODE, {"code": code})
    assert window.get(LEAVE).status_code == 302


def test_a_code_grows_old(browser: Browser, kainuu: Region, ville: User, monkeypatch: pytest.MonkeyPatch) -> None:
    window = enter(browser("kainuu"), kainuu, ville)
    code = send_code(window, kainuu)
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: 2**33)
    assert window.post(CODE, {"code": code, "next": LEAVE}).url == ASKED


def test_codes_cannot_be_ordered_without_end(browser: Browser, kainuu: Region, ville: User) -> None:
    window = enter(browser("kainuu"), kainuu, ville)
    answers = [window.post(CODE, {"action": "send"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_a_password_is_not_chosen_on_an_old_session_s_word(browser: Browser, kainuu: Region, ville: User) -> None:
    window = enter(browser("kainuu"), kainuu, ville)
    first = "/en/account/password/first/"
    assert window.post(first, {"password1": "aamu-on-kirkas-7", "password2": "aamu-on-kirkas-7"}).status_code == 302
    with in_region(kainuu):
        assert not User.objects.get(pk=ville.pk).has_usable_password()


@pytest.mark.parametrize("has", ["password", "app"])
def test_who_has_something_better_is_asked_for_that(browser: Browser, kainuu: Region, ville: User, has: str) -> None:
    with in_region(kainuu):
        if has == "app":
            set_up_app(ville)
        else:
            ville.set_password("aamu-on-kirkas-7")
            ville.save()
    window = enter(browser("kainuu"), kainuu, ville)
    way = "/en/account/confirm/" if has == "password" else "/en/account/second-factor/confirm/"
    assert window.get(LEAVE).url.startswith(f"{way}?")
    assert window.post(CODE, {"action": "send"}).url.startswith(way)
    with in_region(kainuu):
        assert not OutgoingMail.objects.filter(purpose="accounts.code").exists()
