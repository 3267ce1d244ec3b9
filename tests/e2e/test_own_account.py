"""One's own account, and signing in through an organisation's own service, as a browser sees them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.accounts import issuer
from tests.accounts.conftest import set_up_app
from tests.e2e.conftest import Site, enter, keep_picture
from tests.factories.accounts import PASSWORD, UserFactory, user_with_role

from yhdys.accounts.models import User
from yhdys.tenancy.context import in_region


@pytest.fixture
def kaija(site: Site) -> User:
    with in_region("kainuu"):
        user: User = UserFactory.create(email="kaija@esimerkki.example", name="Kaija Kuikka")
    return user


def test_one_signs_out_elsewhere_and_leaves(site: Site, page: Page, kaija: User) -> None:
    enter(page.context, site, kaija, "kainuu")
    page.goto(site.url("kainuu", "/en/sign-out/"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    enter(page.context.browser.new_context(), site, kaija, "kainuu")  # type: ignore[union-attr]  # a real browser
    page.goto(site.url("kainuu", "/en/sign-in/"))
    page.get_by_label("E-mail address").fill(kaija.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(site.url("kainuu", "/en/workspace/account/"))
    expect(page.get_by_text("This device")).to_be_visible()
    keep_picture(page, "account")
    page.get_by_role("button", name="Sign out on all other devices").click()
    expect(page.get_by_text("You were signed out on all other devices.")).to_be_visible()
    page.get_by_role("link", name="Close my account").click()
    keep_picture(page, "leave")
    page.get_by_role("button", name="Close my account").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("I understand that I can no longer sign in").check()
    page.get_by_role("button", name="Close my account").click()
    expect(page.get_by_role("heading", name="This account is closed")).to_be_visible()


def test_a_service_is_added_and_people_sign_in_with_it(site: Site, page: Page, kaija: User, tmp_path: Path) -> None:
    with in_region("kainuu"):
        anna = user_with_role("administrator", email="anna@muualla.example", name="Anna Ahven")
        set_up_app(anna)
    callback = site.url("kainuu", "/-/sign-in/maakunta/return/")
    with issuer.running(tmp_path, callback) as address:
        enter(page.context, site, anna, "kainuu")
        page.goto(site.url("kainuu", "/en/workspace/sign-in-services/"))
        keep_picture(page, "services-none")
        page.get_by_role("link", name="Add a service").click()
        page.get_by_role("button", name="Add the service").click()
        keep_picture(page, "service-mistakes")
        for label, text in {
            "Name": "Maakunta",
            "Issuer": address,
            "Client’s identifier": issuer.CLIENT,
            "Client’s secret": issuer.SECRET,
        }.items():
            page.get_by_label(label, exact=True).fill(text)
        page.get_by_label("Domains of e-mail").fill("esimerkki.example")
        page.get_by_role("button", name="Add the service").click()
        expect(page.get_by_text(callback)).to_be_visible()
        keep_picture(page, "service")
        page.goto(site.url("kainuu", "/en/workspace/sign-in-services/"))
        keep_picture(page, "services")
        page.get_by_role("button", name="Sign out").click()

        page.goto(site.url("kainuu", "/sv/logga-in/"))
        keep_picture(page, "sign-in-with-service")
        page.get_by_role("button", name="Logga in med Maakunta").click()
        # Our page leads on by itself; here the person is on the provider's.
        page.locator("input[name=login]").fill("kaija")
        page.locator("input[name=password]").fill(issuer.PASSWORD)
        page.locator("button[type=submit]").first.click()
        expect(page).to_have_url(site.url("kainuu", "/sv/arbetsyta/"))
        page.goto(site.url("kainuu", "/sv/arbetsyta/konto/"))
        keep_picture(page, "account-linked")
