"""A region's public site in a real browser, and the news and feedback desks behind it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.accounts.conftest import set_up_app
from tests.e2e.conftest import Site, enter, keep_picture
from tests.factories.accounts import user_with_role
from tests.factories.councils import BodyFactory, MembershipFactory, TermFactory
from tests.factories.news import ArticleFactory
from tests.factories.organisations import ContactFactory

from yhdys.accounts.models import StaffRole
from yhdys.core import clock
from yhdys.councils.enums import ChannelKind, MandateKind, Role
from yhdys.councils.models import Mandate, PublicationChannel
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement, RegionSettings
from yhdys.tenancy.context import in_region
from yhdys.web.public import forms

PAGES = [
    "/",
    "/uutiset/",
    "/uutiset/2026-03-12-jarjestot-kokoontuivat/",
    "/yhteystiedot/",
    "/saavutettavuus/",
    "/saavutettavuus/palaute/",
    "/saavutettavuus/palaute/vastaanotettu/",
    "/tietosuoja/",
    "/ei-ole-sellaista/",
    "/sv/",
    "/sv/nyheter/2026-03-12-jarjestot-kokoontuivat/",
    "/sv/kontakt/",
    "/sv/tillganglighet/",
    "/en/",
    "/en/privacy/",
]


@pytest.fixture
def told(site: Site) -> Site:
    """Kainuu has something to show on each page."""
    with in_region("kainuu"):
        RegionSettings.objects.update(introduction_fi="Olemme yhdistysten yhteinen ääni.", is_demonstration=True)
        AccessibilityStatement.objects.update(
            feedback_email="saavutettavuus@kainuu.example", feedback_unit_fi="Viestintä"
        )
        AccessibilityIssue.objects.create(what_fi="Vanhat paperit", reason_fi="Skannattu", alternative_fi="Kysy meiltä")
        body = BodyFactory.create()
        term = TermFactory.create(body=body)
        for role in (Role.CHAIR, Role.SECRETARY):
            contact = ContactFactory.create(role_email=f"{role}@kainuu.example")
            MembershipFactory.create(term=term, seat=None, role=role, contact=contact, start=term.start)
        for number in range(7):
            Mandate.objects.create(body=body, kind=MandateKind.TASK, position=number, text_fi=f"Tehtävä {number}")
        PublicationChannel.objects.create(
            body=body, kind=ChannelKind.SOCIAL_MEDIA, name_fi="Neuvottelukunta somessa", url="https://some.example/"
        )
        with clock.at(clock.helsinki(2026, 3, 12)):
            ArticleFactory.create(
                title_fi="Järjestöt kokoontuivat",
                title_sv="Organisationerna möttes",
                keywords=["volunteering"],
                published=True,
            )
            ArticleFactory.create(title_fi="Toinen", kind="news", keywords=["volunteering"], published=True)
    return site


def test_every_page_is_accessible_and_fits_a_phone(told: Site, page: Page) -> None:
    for path in PAGES:
        page.goto(told.url("kainuu", path))
        keep_picture(page, "public-" + (path.strip("/").replace("/", "-") or "home"))


def test_a_visitor_gives_feedback_and_gets_an_answer(told: Site, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "YOUNGEST", timedelta(0))  # A browser writes faster than a person.
    page.goto(told.url("kainuu", "/en/"))
    page.get_by_role("link", name="Accessibility feedback").click()
    page.get_by_role("button", name="Send the feedback").click()
    expect(page.get_by_role("alert")).to_be_visible()
    keep_picture(page, "public-feedback-mistakes")
    page.get_by_label("What was not accessible?").fill("The map has no text.")
    page.get_by_label("Your e-mail address").fill("visitor@example.org")
    page.get_by_role("button", name="Send the feedback").click()
    expect(page.get_by_role("heading", name="Thank you for your feedback")).to_be_visible()
    assert page.context.cookies() == []
    assert "The map" not in told.letter_to("visitor@example.org", "kainuu")
    link = told.link_to("saavutettavuus@kainuu.example", "kainuu")

    with in_region("kainuu"):
        editor = user_with_role(StaffRole.Role.EDITOR, email="toimittaja@example.org", language="en")
    enter(page.context, told, editor, "kainuu")
    page.goto(link)
    expect(page.get_by_text("The map has no text.")).to_be_visible()
    keep_picture(page, "desk-feedback")
    page.get_by_label("Vastaus").fill("There is a list beside it now.")
    page.get_by_role("button", name="Lähetä vastaus").click()
    keep_picture(page, "desk-feedback-answered")
    assert "There is a list beside it now." in told.letter_to("visitor@example.org", "kainuu")
    page.goto(told.url("kainuu", "/tyopoyta/saavutettavuus/"))
    keep_picture(page, "desk-accessibility")


def test_a_bulletin_goes_from_the_desk_to_the_reader(told: Site, page: Page) -> None:
    with in_region("kainuu"):
        writer = user_with_role(StaffRole.Role.ADMINISTRATOR, email="yllapito@example.org")
        set_up_app(writer)
    enter(page.context, told, writer, "kainuu")
    page.goto(told.url("kainuu", "/tyopoyta/uutiset/"))
    keep_picture(page, "desk-news")
    page.get_by_role("link", name="Kirjoita artikkeli").click()
    keep_picture(page, "desk-news-new")
    page.get_by_label("Otsikko", exact=True).first.fill("Kokous päätti avustuksista")
    page.get_by_label("Ingressi", exact=False).first.fill("Neuvottelukunta jakoi avustukset.")
    editor = page.locator("[contenteditable=true]").first
    editor.click()
    editor.press_sequentially("Päätös oli yksimielinen.")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kokous päätti avustuksista")
    keep_picture(page, "desk-article")
    page.get_by_role("link", name="Katso, miltä se näyttää yleisölle").click()
    expect(page.get_by_text("Päätös oli yksimielinen.")).to_be_visible()
    keep_picture(page, "desk-article-preview")
    page.get_by_role("link", name="Takaisin työpöydälle").click()
    page.get_by_role("link", name="Julkaise nyt").click()
    page.get_by_role("button", name="Julkaise nyt").click()
    page.locator("dl a[href^='/uutiset/']").click()
    expect(page.get_by_text("Päätös oli yksimielinen.")).to_be_visible()
    page.goto(told.url("kainuu", "/tyopoyta/asetukset/"))
    keep_picture(page, "desk-settings")
