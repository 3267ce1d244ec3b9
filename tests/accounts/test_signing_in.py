"""The sign-in pages: what they tell, to whom, how often, and what they leave in the browser."""

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.test import Client
from tests.accounts.conftest import Browser, code_in, enter, last_letter, sign_in
from tests.factories.accounts import PASSWORD, UserFactory

from yhdys.accounts import letters
from yhdys.accounts.models import User
from yhdys.config.settings import base
from yhdys.mail.actions import deliver
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region

WORKSPACE = "/en/workspace/"


def page(response: Any, address: str) -> str:
    """A page's words without what changes by itself: the protection's token and the address that was typed."""
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())
    return text.replace(address, "ADDRESS")


def test_a_password_leads_to_where_one_was_going(browser: Browser, kaija: User) -> None:
    window = browser("kainuu")
    response = window.post("/en/sign-in/?next=/en/workspace/account/", {"login": kaija.email, "password": PASSWORD})
    assert response.url == "/en/workspace/account/"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "https://lappi.localhost/"])
def test_signing_in_never_leads_to_another_site(browser: Browser, kaija: User, address: str) -> None:
    response = browser("kainuu").post(f"/en/sign-in/?next={address}", {"login": kaija.email, "password": PASSWORD})
    assert response.url == WORKSPACE


def test_nobody_signs_up(browser: Browser, kainuu: Region) -> None:
    for address in (
        "/en/signup/",
        "/en/sign-in/signup/",
        "/en/accounts/signup/",
        "/en/3rdparty/",
        "/en/account/signup/",
    ):
        assert browser("kainuu").get(address).status_code == 404


@pytest.mark.parametrize(
    ("ask", "check"),
    [
        ("/en/sign-in/code/", "/en/sign-in/code/check/"),
        ("/en/sign-in/new-password/", "/en/sign-in/new-password/check/"),
    ],
)
def test_whether_somebody_has_an_account_is_not_told(
    browser: Browser, kainuu: Region, kaija: User, ask: str, check: str
) -> None:
    known, unknown = browser("kainuu"), browser("kainuu")
    answers = [known.post(ask, {"email": kaija.email}), unknown.post(ask, {"email": "nobody@esimerkki.example"})]
    assert [(one.status_code, one.url) for one in answers] == [(302, check)] * 2
    assert page(known.get(check), kaija.email) == page(unknown.get(check), "nobody@esimerkki.example")
    wrong = [window.post(check, {"code": "0000-0000"}) for window in (known, unknown)]
    assert page(wrong[0], kaija.email) == page(wrong[1], "nobody@esimerkki.example")
    with in_region(kainuu):
        assert [mail.to for mail in OutgoingMail.objects.all()] == [[kaija.email]]


def test_a_wrong_password_and_an_unknown_address_look_the_same(browser: Browser, kaija: User) -> None:
    wrong = sign_in(browser("kainuu"), kaija.email, "wrong")
    unknown = sign_in(browser("kainuu"), "nobody@esimerkki.example", "wrong")
    assert page(wrong, kaija.email) == page(unknown, "nobody@esimerkki.example")


def test_a_code_lets_in_once_and_only_in_its_own_browser(browser: Browser, kainuu: Region, kaija: User) -> None:
    window, other = browser("kainuu"), browser("kainuu")
    window.post("/en/sign-in/code/", {"email": kaija.email})
    with in_region(kainuu):
        code = code_in(last_letter())
    assert other.post("/en/sign-in/code/check/", {"code": code}).url == "/en/sign-in/code/"
    assert window.post("/en/sign-in/code/check/", {"code": code}).url == WORKSPACE
    window.post("/en/sign-out/")
    assert window.post("/en/sign-in/code/check/", {"code": code}).url == "/en/sign-in/code/"


def test_a_code_that_waits_shuts_no_other_way(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    assert "A code waits" not in window.get("/en/sign-in/").content.decode()
    window.post("/en/sign-in/code/", {"email": "wrong@esimerkki.example"})
    page_of_choices = window.get("/en/sign-in/").content.decode()
    assert "A code waits in your e-mail" in page_of_choices
    assert 'href="/en/sign-in/code/check/"' in page_of_choices
    assert window.get("/en/sign-in/code/").status_code == 200
    assert window.post("/en/sign-in/code/", {"email": kaija.email}).url == "/en/sign-in/code/check/"
    with in_region(kainuu):
        code = code_in(last_letter())
    assert window.post("/en/sign-in/code/check/", {"code": code}).url == WORKSPACE


def test_a_password_may_be_typed_while_a_code_waits(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    window.post("/en/sign-in/code/", {"email": kaija.email})
    assert sign_in(window, kaija.email, PASSWORD).url == WORKSPACE
    assert window.get(WORKSPACE).status_code == 200


def test_three_wrong_codes_end_the_attempt(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    window.post("/en/sign-in/code/", {"email": kaija.email})
    with in_region(kainuu):
        code = code_in(last_letter())
    for _attempt in range(3):
        window.post("/en/sign-in/code/check/", {"code": "0000-0000"})
    window.post("/en/sign-in/code/check/", {"code": code})
    assert window.get(WORKSPACE).status_code == 302


def test_codes_are_not_sent_without_end(browser: Browser, kainuu: Region, kaija: User) -> None:
    for _attempt in range(5):
        browser("kainuu").post("/en/sign-in/code/", {"email": kaija.email})
    with in_region(kainuu):
        assert OutgoingMail.objects.count() == 3


def test_a_forgotten_password_is_replaced_with_a_code(browser: Browser, kainuu: Region, kaija: User) -> None:
    elsewhere = enter(browser("kainuu"), kainuu, kaija)
    window = browser("kainuu")
    window.post("/en/sign-in/new-password/", {"email": kaija.email})
    with in_region(kainuu):
        code = code_in(last_letter())
    window.post("/en/sign-in/new-password/check/", {"code": code})
    weak = window.post("/en/sign-in/new-password/choose/", {"password1": "short", "password2": "short"})
    assert weak.status_code == 200
    new = "viisi-joutsenta-ui"
    done = window.post("/en/sign-in/new-password/choose/", {"password1": new, "password2": new})
    assert done.url == "/en/sign-in/new-password/done/"
    assert sign_in(browser("kainuu"), kaija.email, PASSWORD).status_code == 200
    assert sign_in(browser("kainuu"), kaija.email, new).status_code == 302
    assert elsewhere.get(WORKSPACE).status_code == 302
    with in_region(kainuu):
        assert last_letter("accounts.notice").to == [kaija.email]


def test_letters_come_from_the_region_and_a_code_is_not_kept(browser: Browser, kainuu: Region, kaija: User) -> None:
    browser("kainuu").post("/en/sign-in/code/", {"email": kaija.email})
    with in_region(kainuu):
        letter = last_letter()
        assert letter.sender.endswith("<kainuu@yhdys.example>")
        code = code_in(letter)
        assert code not in letter.subject
        assert code in letter.html
        deliver(letter)
        letter.refresh_from_db()
        assert (letter.state, letter.text, letter.html) == (OutgoingMail.State.SENT, "", "")


def test_a_closed_account_does_not_open(browser: Browser, kainuu: Region, kaija: User) -> None:
    with in_region(kainuu):
        kaija.is_active = False
        kaija.save(update_fields=["is_active"])
    assert sign_in(browser("kainuu"), kaija.email).url == "/en/sign-in/closed/"
    browser("kainuu").post("/en/sign-in/code/", {"email": kaija.email})
    with in_region(kainuu):
        assert not OutgoingMail.objects.exists()


def test_an_address_that_was_never_confirmed_is_confirmed_by_a_code(browser: Browser, kainuu: Region) -> None:
    with in_region(kainuu):
        UserFactory.create(email="uusi@esimerkki.example", confirmed=False)
    window = browser("kainuu")
    assert sign_in(window, "uusi@esimerkki.example").url == "/en/account/e-mail/check/"
    with in_region(kainuu):
        code = code_in(last_letter())
    assert window.post("/en/account/e-mail/check/", {"code": code}).url == WORKSPACE
    with in_region(kainuu):
        assert EmailAddress.objects.get().verified


def test_a_new_address_is_taken_into_use_with_the_code_sent_to_it(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    window.post("/en/account/e-mail/", {"email": "kaija.uusi@esimerkki.example", "action_add": "1"})
    with in_region(kainuu):
        letter = last_letter()
        assert letter.to == ["kaija.uusi@esimerkki.example"]
    assert window.post("/en/account/e-mail/check/", {"code": code_in(letter)}).url == "/en/workspace/account/"
    with in_region(kainuu):
        assert User.objects.get().email == "kaija.uusi@esimerkki.example"
        assert last_letter("accounts.notice").to == ["kaija@esimerkki.example"]


def test_another_s_address_cannot_be_taken(browser: Browser, kainuu: Region, kaija: User) -> None:
    with in_region(kainuu):
        UserFactory.create(email="toinen@esimerkki.example")
    window = browser("kainuu")
    sign_in(window, kaija.email)
    window.post("/en/account/e-mail/", {"email": "toinen@esimerkki.example", "action_add": "1"})
    with in_region(kainuu):
        code = code_in(last_letter())
    window.post("/en/account/e-mail/check/", {"code": code})
    with in_region(kainuu):
        assert User.objects.get(pk=kaija.pk).email == kaija.email


def test_what_changes_the_account_asks_for_the_password_again_later(
    browser: Browser, kainuu: Region, kaija: User
) -> None:
    window = enter(browser("kainuu"), kainuu, kaija)
    response = window.get("/en/account/second-factor/app/")
    assert response.url.startswith("/en/account/confirm/?next=")
    window.post(response.url, {"password": PASSWORD})
    assert window.get("/en/account/second-factor/app/").status_code == 200


def test_a_form_without_the_site_s_own_token_is_refused(kainuu: Region, kaija: User) -> None:
    window = Client(enforce_csrf_checks=True, HTTP_HOST="kainuu.localhost")
    response = window.post("/en/sign-in/", {"login": kaija.email, "password": PASSWORD})
    assert response.status_code == 403
    assert window.get(WORKSPACE).status_code == 302


def test_a_form_from_a_sister_region_is_refused(kainuu: Region, kaija: User) -> None:
    window = Client(enforce_csrf_checks=True, HTTP_HOST="kainuu.localhost")
    token = window.get("/en/sign-in/").context["csrf_token"]
    form = {"login": kaija.email, "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
    refused = window.post("/en/sign-in/", form, headers={"origin": "http://lappi.localhost"})
    assert refused.status_code == 403
    assert window.post("/en/sign-in/", form, headers={"origin": "http://kainuu.localhost"}).status_code == 302


def test_cookies_belong_to_the_host_alone_and_scripts_cannot_read_them(browser: Browser, kaija: User) -> None:
    window = browser("kainuu")
    sign_in(window, kaija.email)
    cookie = window.cookies["yhdys_session"]
    assert (cookie["domain"], cookie["path"], cookie["httponly"], cookie["samesite"]) == ("", "/", True, "Lax")


def test_production_s_cookies_cannot_be_set_by_another_host() -> None:
    text = Path(base.__file__).with_name("production.py").read_text(encoding="utf-8")
    for line in (
        'SESSION_COOKIE_NAME = "__Host-', "SESSION_COOKIE_SECURE = True", 'CSRF_COOKIE_NAME = "__Host-',
        "CSRF_COOKIE_SECURE = True", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False",
    ):  # fmt: skip
        assert line in text


def test_signing_out_needs_more_than_a_link(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = enter(browser("kainuu"), kainuu, kaija)
    assert window.get("/en/sign-out/").status_code == 200
    assert window.get(WORKSPACE).status_code == 200
    assert window.post("/en/sign-out/").url == "/en/"
    assert window.get(WORKSPACE).status_code == 302


def test_a_session_gets_a_new_key_when_somebody_signs_in(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = browser("kainuu")
    window.post("/en/sign-in/code/", {"email": kaija.email})
    before = window.cookies["yhdys_session"].value
    with in_region(kainuu):
        window.post("/en/sign-in/code/check/", {"code": code_in(last_letter())})
    assert window.cookies["yhdys_session"].value != before


def test_signing_out_everywhere_leaves_this_device(browser: Browser, kainuu: Region, kaija: User) -> None:
    here, there = (enter(browser("kainuu"), kainuu, kaija) for _device in range(2))
    here.post("/en/workspace/account/sessions/end/")
    assert here.get(WORKSPACE).status_code == 200
    assert there.get(WORKSPACE).status_code == 302


def test_the_visitor_s_address_is_taken_from_as_many_proxies_as_are_named(
    browser: Browser, kaija: User, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for attempt in range(12):
        forged = {"x-forwarded-for": f"203.0.113.{attempt}, 198.51.100.7"}
        browser("kainuu", headers=forged).post("/en/sign-in/", {"login": f"x{attempt}@x.example", "password": "x"})
    blocked = browser("kainuu", headers={"x-forwarded-for": "203.0.113.99, 198.51.100.7"})
    assert "Too many attempts." in sign_in(blocked, kaija.email).content.decode()
    elsewhere = browser("kainuu", headers={"x-forwarded-for": "198.51.100.8"})
    assert sign_in(elsewhere, kaija.email).status_code == 302


def test_pages_of_accounts_stay_out_of_caches(browser: Browser, kainuu: Region, kaija: User) -> None:
    window = enter(browser("kainuu"), kainuu, kaija)
    for address in (WORKSPACE, "/en/account/second-factor/", "/en/sign-out/"):
        assert "no-store" in window.get(address)["Cache-Control"]
    assert "no-store" in browser("kainuu").get("/en/sign-in/")["Cache-Control"]


def test_national_staff_sign_in_on_the_bare_domain(browser: Browser, db: None) -> None:
    with in_national():
        UserFactory.create(email="niilo@esimerkki.example", name="Niilo Nieriä")
    window = browser("national")
    assert sign_in(window, "niilo@esimerkki.example").url == WORKSPACE
    assert window.get(WORKSPACE).status_code == 200


def test_every_letter_that_the_library_can_ask_for_has_our_words() -> None:
    templates = Path(allauth.__file__).parent / "templates"
    asked = {
        str(path.relative_to(templates)).removesuffix("_message.txt")
        for path in templates.glob("*/email/*_message.txt")
        if not path.name.startswith("base_")
    }
    not_sent_here = {
        "account/email/account_already_exists",  # nobody signs up
        "account/email/unknown_account",  # whether there is an account is not told
        "account/email/password_reset_key",  # codes, not links
        "account/email/email_confirm",  # goes with signing up
        "account/email/email_deleted",  # an account has one address
    }
    mine = {name for name in asked if name.split("/")[0] in {"account", "mfa", "socialaccount"}} - not_sent_here
    assert mine == (set(letters.CODES) | set(letters.NOTICES)) - {letters.CODE_AGAIN}
