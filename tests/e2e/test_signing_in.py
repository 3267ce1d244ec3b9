"""Signing in, as people do it."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, keep_picture
from tests.factories.accounts import PASSWORD, UserFactory, user_with_role

from yhdys.accounts.models import StaffRole
from yhdys.audit.models import Entry
from yhdys.tenancy.context import in_region


def app_code(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in_by_password(page: Page, site: Site, email: str, region: str = "kainuu") -> None:
    page.goto(site.url(region, "/en/sign-in/"))
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_user_signs_in_by_password_sees_the_empty_list_and_signs_out(site: Site, page: Page) -> None:
    with in_region("kainuu"):
        UserFactory.create(email="kaija@esimerkki.example", name="Kaija Kuikka")
    page.goto(site.url("kainuu", "/en/workspace/"))
    expect(page).to_have_url(re.compile(r"/en/sign-in/\?next=/en/workspace/$"))
    keep_picture(page, "sign-in")
    page.get_by_label("E-mail address").fill("kaija@esimerkki.example")
    page.get_by_label("Password", exact=True).fill("not this")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The e-mail address or the password is not right.")
    keep_picture(page, "sign-in-wrong")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    keep_picture(page, "home-empty")
    page.get_by_role("button", name="Sign out").click()
    page.goto(site.url("kainuu", "/en/workspace/"))
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_a_member_signs_in_by_a_code_from_a_letter(site: Site, page: Page) -> None:
    with in_region("kainuu"):
        UserFactory.create(email="matti@esimerkki.example", name="Matti Made", password=None)
    page.goto(site.url("kainuu", "/en/sign-in/"))
    page.get_by_role("link", name="Send me a code by e-mail").click()
    page.get_by_label("E-mail address").fill("Matti@Esimerkki.example")
    page.get_by_role("button", name="Send the code").click()
    keep_picture(page, "code")
    page.get_by_label("Code from the letter").fill("0000-0000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("The code is not right.")
    page.get_by_label("Code from the letter").fill(site.code_to("matti@esimerkki.example", "kainuu").replace("-", ""))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()


def test_an_administrator_is_led_to_set_up_an_app_and_signs_in_with_it(site: Site, page: Page) -> None:
    with in_region("kainuu"):
        user_with_role(StaffRole.Role.ADMINISTRATOR, email="anna@esimerkki.example", name="Anna Ahven", language="en")
    sign_in_by_password(page, site, "anna@esimerkki.example")
    expect(page.get_by_role("heading", name="Secure your account")).to_be_visible()
    keep_picture(page, "second-factor-needed")
    page.goto(site.url("kainuu", "/en/workspace/users/"))
    expect(page.get_by_role("heading", name="Secure your account")).to_be_visible()
    page.get_by_role("link", name="Authenticator app").click()
    page.get_by_text("I cannot use the camera").click()
    secret = page.locator("code").inner_text()
    keep_picture(page, "second-factor-app")
    page.get_by_label("Code that the app shows").fill(app_code(secret))
    page.get_by_role("button", name="Begin to use the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    keep_picture(page, "recovery-codes")
    assert "An authenticator app was added to your account." in site.letter_to("anna@esimerkki.example", "kainuu")
    with in_region("kainuu"):
        assert Entry.objects.filter(verb="second_factor_added").exists()
    recovery_code = page.locator("code").first.inner_text()
    page.get_by_role("link", name="I have saved them").click()
    page.get_by_role("link", name="Users").first.click()
    expect(page.get_by_role("rowheader", name="Anna Ahven")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    sign_in_by_password(page, site, "anna@esimerkki.example")
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    keep_picture(page, "second-factor")
    page.goto(site.url("kainuu", "/en/workspace/users/"))
    expect(page).to_have_url(re.compile("/account/second-factor/check/"))
    page.get_by_label("Code from the app").fill(recovery_code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()


def test_a_passkey_signs_in_by_itself_and_belongs_to_its_region(site: Site, page: Page) -> None:
    with in_region("kainuu"):
        UserFactory.create(email="kaija@esimerkki.example", name="Kaija Kuikka")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    added = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in_by_password(page, site, "kaija@esimerkki.example")
    page.get_by_role("link", name="My account").first.click()
    keep_picture(page, "account")
    page.get_by_role("link", name="Set up second factor").click()
    page.get_by_role("link", name="Add passkeys").click()
    page.get_by_label("Name").fill("Kannettava")
    keep_picture(page, "passkey-add")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    keys = device.send("WebAuthn.getCredentials", {"authenticatorId": added["authenticatorId"]})["credentials"]
    assert [(key["rpId"], key["isResidentCredential"]) for key in keys] == [("kainuu.localhost", True)]
    page.get_by_role("link", name="I have saved them").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(site.url("kainuu", "/en/sign-in/"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()

    page.goto(site.url("lappi", "/en/sign-in/"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used.")).to_be_visible()
