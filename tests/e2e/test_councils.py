"""The council on its public pages and on the secretary's desk, in a browser."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import Site, enter, keep_picture
from tests.factories.councils import AuthorityFactory, BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import LONG, user

from yhdys.accounts.models import User
from yhdys.core import clock
from yhdys.councils.actions import keep, start_hosting
from yhdys.councils.enums import (
    AuthorityKind,
    BodyKind,
    ChannelKind,
    ChannelState,
    EventKind,
    MandateKind,
    MatterState,
    Represents,
    Role,
)
from yhdys.councils.models import (
    Body,
    ExternalDecision,
    FollowedMatter,
    Mandate,
    PublicationChannel,
    Term,
    TimelineEvent,
)
from yhdys.keywords.models import Sector
from yhdys.organisations.actions import give_consent
from yhdys.organisations.enums import ConsentField, ConsentSource
from yhdys.tenancy.context import in_region

SECTORS = ("patient-disability", "older-people", "culture", "sports")


@pytest.fixture
def council(site: Site) -> Body:
    """A council with everything that its pages can show."""
    with in_region("kainuu"):
        body = BodyFactory(
            name_fi="Koemaan järjestöneuvottelukunta",
            purpose_fi="Neuvottelukunta on koemaalaisten järjestöjen yhteinen ääni.\n\nSe kokoontuu neljästi vuodessa.",
            founded_on=date(2020, 11, 23),
            rules_fi="<h2>Kokoukset</h2><p>Kokouksen kutsuu koolle sihteeri.</p>",
            controller="Koemaan liitto",
        )
        host = AuthorityFactory(name_fi="Koemaan liitto", kind=AuthorityKind.REGIONAL_COUNCIL)
        start_hosting(body, host, start=None, by=None)
        for kind, words in ((MandateKind.OBJECTIVE, "Järjestöt mukana"), (MandateKind.TASK, "Yhteinen ääni")):
            for number in (1, 2):
                keep(Mandate(body=body, kind=kind, title_fi=f"{words} {number}", text_fi="Selite tehtävästä."), by=None)
        for record in (
            TimelineEvent(body=body, kind=EventKind.INITIATIVE, date=date(2020, 5, 1), title_fi="Järjestöt aloittivat"),
            ExternalDecision(
                body=body,
                deciding_body_fi="Maakuntahallitus",
                date=date(2020, 11, 23),
                title_fi="Neuvottelukunnan asettaminen",
                url="https://asiat.example/1",
            ),
            PublicationChannel(
                body=body, kind=ChannelKind.SOCIAL_MEDIA, state=ChannelState.COMING, name_fi="Sosiaalinen media"
            ),
            FollowedMatter(body=body, title_fi="Työvoimapalvelut", state=MatterState.PLANNED, planned_for_fi="2027"),
        ):
            keep(record, by=None)
        _members(body)
        BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=body, name_fi="Työvaliokunta", purpose_fi="Valmistelee.")
    return body


def _members(body: Body) -> None:
    today = clock.today()
    TermFactory(body=body, start=date(2010, 1, 1), end=date(2012, 12, 31), state="ended")
    term = TermFactory(body=body, start=today - LONG / 4, end=today + LONG)
    for place, code in enumerate(SECTORS, start=1):
        organisation = OrganisationFactory(name_fi=f"Koemaan {code} ry")
        sector = Sector.objects.get(code=code)
        seat = SeatFactory(
            term=term, represents=Represents.SECTOR, sector=sector, organisation=organisation, position=place
        )
        if code == "sports":
            continue  # The vacant one.
        contact = ContactFactory(name=f"Aino Jäsen-{code.title()}", organisation=organisation)
        member = MembershipFactory(seat=seat, contact=contact, organisation=organisation)
        if place == 1:
            MembershipFactory(seat=None, term=term, role=Role.CHAIR, contact=contact)
        MembershipFactory(
            seat=seat, role=Role.DEPUTY, deputises_for=member, contact=ContactFactory(name=f"Ville Vara {place}")
        )


@pytest.fixture
def sanni(council: Body) -> User:
    """The council's secretary."""
    with in_region("kainuu"):
        who = user("Sanni Sihteeri")
        contact = ContactFactory(
            name="Sanni Sihteeri", user=who, role_email="", email="sanni@example.org", phone="040 123 4567"
        )
        for field in (ConsentField.EMAIL, ConsentField.PHONE):
            give_consent(contact, field, source=ConsentSource.FORM, by=None)
        MembershipFactory(seat=None, term=Term.objects.of(council), role=Role.SECRETARY, contact=contact)
    return who


def test_the_council_is_shown_to_everybody(site: Site, page: Page, council: Body, sanni: User) -> None:
    page.goto(site.url("kainuu", "/neuvottelukunta/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Koemaan järjestöneuvottelukunta")
    expect(page.get_by_role("link", name="sanni@example.org")).to_be_visible()
    keep_picture(page, "council")
    page.get_by_label("Minkä päivän jäsenet haluat nähdä?").fill("1.6.2011")
    page.get_by_role("button", name="Näytä jäsenet").click()
    expect(page).to_have_url(site.url("kainuu", "/neuvottelukunta/kokoonpano/2011-06-01/"))
    keep_picture(page, "council-roster")
    page.get_by_label("Minkä päivän jäsenet haluat nähdä?").fill("31.2.2011")
    page.get_by_role("button", name="Näytä jäsenet").click()
    expect(page.get_by_role("alert")).to_be_visible()
    keep_picture(page, "council-mistake")
    page.goto(site.url("kainuu", "/sv/delegationen/"))
    keep_picture(page, "council-swedish")


def test_the_secretary_runs_the_council(site: Site, page: Page, council: Body, sanni: User) -> None:
    enter(page.context, site, sanni, "kainuu")
    with in_region("kainuu"):
        ContactFactory(name="Uuno Uusi")
    page.goto(site.url("kainuu", "/en/workspace/councils/"))
    keep_picture(page, "councils")
    page.get_by_role("link", name="Koemaan järjestöneuvottelukunta").first.click()
    keep_picture(page, "body")
    page.get_by_role("link", name="Appoint Sports").first.click()
    keep_picture(page, "appoint")
    page.get_by_label("Person").select_option(label="Uuno Uusi")
    page.get_by_role("button", name="Appoint").click()
    expect(page.get_by_text("Appointed.")).to_be_visible()
    keep_picture(page, "term")
    page.goto(site.url("kainuu", f"/en/workspace/councils/{council.pk}/about/"))
    keep_picture(page, "body-about")
    up = page.get_by_role("button", name="Move up Yhteinen ääni 2")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main ol").nth(1).locator("li").first).to_contain_text("Yhteinen ääni 2")
    for name, path in (
        ("body-terms", f"{council.pk}/terms/"),
        ("body-history", f"{council.pk}/history/"),
        ("body-edit", f"{council.pk}/edit/"),
        ("authorities", "authorities/"),
    ):
        page.goto(site.url("kainuu", f"/en/workspace/councils/{path}"))
        keep_picture(page, name)


def test_two_who_edit_at_once_see_each_other(site: Site, page: Page, council: Body, sanni: User) -> None:
    enter(page.context, site, sanni, "kainuu")
    with in_region("kainuu"):
        organisation = OrganisationFactory(name_fi="Koemaan Kylät ry")
    address = site.url("kainuu", f"/en/workspace/organisations/{organisation.pk}/")
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(address + "edit/")
    other.get_by_label("Short name").fill("Kylät")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("The changes have been saved.")).to_be_visible()
    keep_picture(other, "organisation")
    page.get_by_label("Short name").fill("Kylätyö")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Sanni Sihteeri changed this while you were writing")).to_be_visible()
    keep_picture(page, "organisation-conflict")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The changes have been saved.")).to_be_visible()
    expect(page.get_by_text("Short name").first).to_be_visible()


def test_a_record_removed_in_another_tab_keeps_the_words(site: Site, page: Page, council: Body, sanni: User) -> None:
    enter(page.context, site, sanni, "kainuu")
    with in_region("kainuu"):
        event = council.events.get()
    other = page.context.new_page()
    page.goto(site.url("kainuu", f"/en/workspace/councils/event/{event.pk}/edit/"))
    keep_picture(page, "event-edit")
    other.goto(site.url("kainuu", f"/en/workspace/councils/event/{event.pk}/removal/"))
    keep_picture(other, "event-removal")
    other.get_by_role("button", name="Remove").click()
    expect(other.get_by_text("Removed.")).to_be_visible()
    page.get_by_label("Title, in Finnish").fill("Pitkään mietitty otsikko")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="This has been removed")).to_be_visible()
    expect(page.get_by_text("Pitkään mietitty otsikko")).to_be_visible()
    keep_picture(page, "event-gone")


def test_the_directory_is_kept(site: Site, page: Page, council: Body, sanni: User) -> None:
    enter(page.context, site, sanni, "kainuu")
    page.goto(site.url("kainuu", "/en/workspace/organisations/"))
    keep_picture(page, "organisations")
    page.get_by_role("link", name="Add an organisation").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    keep_picture(page, "organisation-mistakes")
    page.goto(site.url("kainuu", "/en/workspace/people/"))
    keep_picture(page, "people")
    page.get_by_role("link", name="Sanni Sihteeri").click()
    keep_picture(page, "person")
    page.get_by_role("link", name="Withdraw the consent personal e-mail address").click()
    keep_picture(page, "consent")
