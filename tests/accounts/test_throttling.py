"""How often somebody may try: counted by account and by address, in each region by itself."""

import time
from collections.abc import Callable
from itertools import count
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from tests.accounts.conftest import Browser, code_in, code_of_app, enter, last_letter, set_up_app, sign_in
from tests.factories.accounts import PASSWORD, UserFactory

from yhdys.accounts.models import User
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

WORKSPACE, ADDRESS = "/en/workspace/", "/en/account/e-mail/"
TOO_MANY = "Too many attempts."


@pytest.fixture(autouse=True)
def within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine, the attempts of a test come within a second."""
    begun = time.time()
    moments = (begun + number / 1000 for number in count())
    slow = SimpleNamespace(time=lambda: next(moments), monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", slow)


def attempts(window: Callable[[int], Client], number: int, email: Callable[[int], str]) -> None:
    for attempt in range(number):
        sign_in(window(attempt), email(attempt), "wrong")


def test_one_account_is_not_guessed_from_many_addresses(browser: Browser, kainuu: Region, kaija: User) -> None:
    attempts(lambda n: browser("kainuu", REMOTE_ADDR=f"203.0.113.{n + 1}"), 5, lambda n: kaija.email)
    fresh = browser("kainuu", REMOTE_ADDR="198.51.100.1")
    assert TOO_MANY in sign_in(fresh, kaija.email, PASSWORD).content.decode()
    with in_region(kainuu):
        other = UserFactory.create()
    assert sign_in(fresh, other.email, PASSWORD).status_code == 302


def test_capital_letters_and_spaces_are_the_same_account(browser: Browser, kainuu: Region, kaija: User) -> None:
    spelt = [kaija.email, kaija.email.upper(), kaija.email.title(), f" {kaija.email} ", kaija.email]
    attempts(lambda n: browser("kainuu", REMOTE_ADDR=f"203.0.113.{n + 1}"), 5, lambda n: spelt[n])
    assert TOO_MANY in sign_in(browser("kainuu"), kaija.email, PASSWORD).content.decode()


def test_many_accounts_are_not_tried_from_one_address(browser: Browser, kainuu: Region, kaija: User) -> None:
    attempts(lambda n: browser("kainuu", REMOTE_ADDR="203.0.113.7"), 11, lambda n: f"kuka{n}@esimerkki.example")
    assert TOO_MANY in sign_in(browser("kainuu", REMOTE_ADDR="203.0.113.7"), kaija.email).content.decode()
    assert sign_in(browser("kainuu", REMOTE_ADDR="203.0.113.8"), kaija.email).status_code == 302


def test_who_is_kept_out_by_another_s_attempts_comes_in_by_a_code(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    attempts(lambda n: browser("kainuu", REMOTE_ADDR=f"203.0.113.{n + 1}"), 5, lambda n: kaija.email)
    window = browser("kainuu", REMOTE_ADDR="198.51.100.1")
    window.post("/en/sign-in/code/", {"email": kaija.email})
    with in_region(kainuu):
        code = code_in(last_letter())
    assert window.post("/en/sign-in/code/check/", {"code": code}).url == WORKSPACE


def test_codes_of_the_app_are_not_guessed_without_end(browser: Browser, kainuu: Region, kaija: User) -> None:
    with in_region(kainuu):
        secret = set_up_app(kaija)
    check = "/en/account/second-factor/check/"
    for attempt in range(5):
        window = browser("kainuu", REMOTE_ADDR=f"203.0.113.{attempt + 1}")
        sign_in(window, kaija.email)
        assert window.post(check, {"code": "000000"}).status_code == 200
    window = browser("kainuu", REMOTE_ADDR="198.51.100.1")
    sign_in(window, kaija.email)
    window.post(check, {"code": code_of_app(secret)})
    assert window.get(WORKSPACE).status_code == 302


def test_invitations_are_not_guessed_without_end(browser: Browser, kainuu: Region) -> None:
    answers = [
        browser("kainuu", REMOTE_ADDR="203.0.113.7").post(f"/en/invitation/guess{attempt}/").status_code
        for attempt in range(21)
    ]
    assert answers == [410] * 20 + [429]
    assert browser("lappi", REMOTE_ADDR="203.0.113.7").post("/en/invitation/guess/").status_code == 410


# --- The code that proves a new address -------------------------------------------------------------------------------
def ask_for(window: Client, kainuu: Region, email: str) -> str:
    """Ask for a new address; the code that was sent to it."""
    window.post(ADDRESS, {"email": email, "action_add": "1"})
    with in_region(kainuu):
        return code_in(last_letter())


def test_three_wrong_codes_leave_the_old_address(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    code = ask_for(window, kainuu, "uusi@esimerkki.example")
    for _attempt in range(3):
        window.post(f"{ADDRESS}check/", {"code": "0000-0000"})
    window.post(f"{ADDRESS}check/", {"code": code})
    with in_region(kainuu):
        assert User.objects.get(pk=kaija.pk).email == kaija.email
        assert not EmailAddress.objects.filter(email="uusi@esimerkki.example", verified=True).exists()


def test_the_code_is_good_in_its_own_browser_and_region_alone(
    browser: Browser, kainuu: Region, lappi: Region, kaija: User, anna: User
) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    code = ask_for(window, kainuu, "uusi@esimerkki.example")
    with in_region(lappi):
        twin = UserFactory.create(id=kaija.pk, email=kaija.email)
    for other in (enter(browser("kainuu"), kainuu, anna), enter(browser("lappi"), lappi, twin)):
        other.post(f"{ADDRESS}check/", {"code": code})
    for region, user in ((kainuu, anna), (lappi, twin)):
        with in_region(region):
            assert User.objects.get(pk=user.pk).email == user.email


def test_the_old_address_is_told_and_opens_nothing_any_more(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    code = ask_for(window, kainuu, "uusi@esimerkki.example")
    with in_region(kainuu):
        assert not OutgoingMail.objects.filter(purpose="accounts.notice").exists()
    window.post(f"{ADDRESS}check/", {"code": code})
    with in_region(kainuu):
        notice = last_letter("accounts.notice")
        assert notice.to == [kaija.email]
        assert "uusi@esimerkki.example" in notice.text
        assert EmailAddress.objects.get(user=kaija).email == "uusi@esimerkki.example"
    assert sign_in(browser("kainuu"), kaija.email).status_code == 200
    assert sign_in(browser("kainuu"), "uusi@esimerkki.example").url == WORKSPACE


@pytest.mark.parametrize("email", ["", "not an address", "a@b", "x" * 250 + "@esimerkki.example", "<b>@x.example"])
def test_what_is_no_address_is_told_beside_the_field(browser: Browser, kainuu: Region, kaija: User, email: str) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    assert "govuk-error-message" in window.post(ADDRESS, {"email": email, "action_add": "1"}).content.decode()
    with in_region(kainuu):
        assert not OutgoingMail.objects.filter(purpose="accounts.code").exists()


def test_a_new_address_asks_who_is_there_once_some_time_has_passed(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    window = enter(browser("kainuu"), kainuu, kaija)
    asked = window.post(ADDRESS, {"email": "uusi@esimerkki.example", "action_add": "1"})
    assert asked.url.startswith("/en/account/confirm/")
    with in_region(kainuu):
        assert not OutgoingMail.objects.exists()
