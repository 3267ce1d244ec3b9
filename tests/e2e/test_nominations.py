"""From the request to name members to their appointment, as Kainuu does it: desk, mailbox, link."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.e2e.browser import PHONE
from tests.e2e.conftest import OpenPage, Site, enter, keep_picture
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.nominations import CallFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import user

from yhdys.accounts.models import User
from yhdys.core import clock
from yhdys.councils.enums import Appointing, Balance, Represents, Role, TermState
from yhdys.councils.models import ExternalDecision, Term
from yhdys.keywords.models import Sector
from yhdys.nominations.actions import open_call, set_target
from yhdys.nominations.enums import CallKind, TargetKind
from yhdys.nominations.models import NominationCall, Target
from yhdys.places.models import Municipality
from yhdys.tenancy.context import in_region

SEATS = (("older-people", "Vaarojen Kerho ry"), ("sports", "Kainuun Liikuttajat ry"), ("culture", "Tarinaverkko ry"))


@pytest.fixture
def secretary(site: Site) -> User:
    """The secretary of a council whose next term has seats and nobody in them."""
    with in_region("kainuu"):
        body = BodyFactory(
            name_fi="Koemaan järjestöneuvottelukunta",
            appointing=Appointing.DECIDED_THEN_NAMED,
            balance=Balance.BINDING,
        )
        who = user("Sihteeri Sanni")
        now = TermFactory(body=body, start=clock.today() - timedelta(days=300), end=clock.today() + timedelta(days=30))
        MembershipFactory(
            seat=None, term=now, contact=ContactFactory(name="Sihteeri Sanni", user=who), role=Role.SECRETARY
        )
        ExternalDecision.objects.create(
            body=body, deciding_body_fi="Maakuntahallitus", date=date(2026, 11, 2), title_fi="Järjestöjen valinta"
        )
        coming = TermFactory(
            body=body, start=clock.today() + timedelta(days=31), end=clock.today() + timedelta(days=700),
            state=TermState.PLANNED, name_fi="",
        )  # fmt: skip
        _seats(coming)
        kuhmo = Municipality.objects.get(name_fi="Kuhmo")
        set_target(Target(body=body, kind=TargetKind.MUNICIPALITY, municipality=kuhmo, at_least=1), by=None)
    return who


def _seats(term: Term) -> None:
    kajaani = Municipality.objects.get(name_fi="Kajaani")
    for code, name in SEATS:
        organisation = OrganisationFactory(name_fi=name, email=f"toimisto@{code}.example.org", municipality=kajaani)
        SeatFactory(
            term=term, represents=Represents.SECTOR, sector=Sector.objects.get(code=code), organisation=organisation
        )


def _name(page: Page, place: str, name: str, email: str, gender: str) -> None:
    group = page.get_by_role("group", name=place, exact=True)
    group.get_by_label("Etunimi ja sukunimi").fill(name)
    group.get_by_label("Henkilön oma sähköpostiosoite").fill(email)
    group.get_by_label(gender).check()


def test_kainuu_from_the_request_to_the_appointment(
    site: Site, secretary: User, page: Page, window: BrowserContext, open_page: OpenPage
) -> None:
    enter(window, site, secretary, "kainuu")
    page.goto(site.url("kainuu", "/tyopoyta/nimeamiset/"))
    expect(page.get_by_role("heading", name="Ei vielä nimeämispyyntöjä")).to_be_visible()
    keep_picture(page, "nominations-empty")

    # Prepare.
    page.get_by_role("link", name="Koemaan järjestöneuvottelukunta,").first.click()
    for _code, name in SEATS:
        page.get_by_label(name).check()
    last = clock.today() + timedelta(days=20)
    page.get_by_label("Vastaukset viimeistään").fill(f"{last.day}.{last.month}.{last.year}")
    page.locator("#id_text_fi").fill("Maakuntahallitus on valinnut teidät. Nimetkää edustajanne.")
    keep_picture(page, "nominations-form")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Kerro, millä päätöksellä järjestöt valittiin")).to_be_visible()
    page.get_by_role("button", name="Lisää paikkojen omat järjestöt").click()
    page.get_by_role("link", name="Muuta pyyntöä").click()
    page.locator("#id_decision").select_option(label="Järjestöjen valinta")
    page.get_by_role("button", name="Tallenna").click()
    keep_picture(page, "nominations-draft")

    # Open: the letters leave.
    page.get_by_role("link", name="Katso kirje ja avaa pyyntö").click()
    expect(page.get_by_text("Maakuntahallitus on valinnut teidät.")).to_be_visible()
    keep_picture(page, "nominations-opening")
    page.get_by_role("button", name="Avaa pyyntö: lähetä 3 kirjettä").click()
    expect(page.get_by_text("3 kirjettä on matkalla")).to_be_visible()

    # Two organisations answer by their links, one of them names nobody.
    answers = open_page(PHONE)
    answers.goto(site.link_to("toimisto@older-people.example.org", "kainuu"))
    keep_picture(answers, "nominations-answer")
    answers.get_by_role("button", name="Lähettäkää nimet").click()
    expect(answers.get_by_role("link", name="Kirjoittakaa jäsenen nimi.")).to_be_visible()
    keep_picture(answers, "nominations-answer-mistake")
    _name(answers, "Jäsen", "Aino Aalto", "aino.aalto@example.org", "Nainen")
    _name(answers, "Varajäsen", "Eero Eskola", "eero.eskola@example.org", "Mies")
    answers.get_by_role("button", name="Lähettäkää nimet").click()
    expect(answers.get_by_text("Kiitos, vastauksesi on kirjattu")).to_be_visible()
    keep_picture(answers, "nominations-answered")
    assert "Aino Aalto" in site.letter_to("toimisto@older-people.example.org", "kainuu")
    answers.goto(site.link_to("toimisto@sports.example.org", "kainuu"))
    answers.get_by_text("Emme nimeä ketään").click()
    answers.get_by_label("Miksi ketään ei nimetä").fill("Hallitus kokoontuu vasta keväällä.")
    answers.get_by_role("button", name="Kertokaa, ettette nimeä ketään").click()
    expect(answers.get_by_text("Ette nimeä ketään.").first).to_be_visible()

    # The third one tells by telephone.
    page.reload()
    expect(page.get_by_text("Hallitus kokoontuu vasta keväällä.")).to_be_visible()
    page.get_by_role("link", name="Kirjaa vastaus Tarinaverkko ry").click()
    keep_picture(page, "nominations-note")
    _name(page, "Jäsen", "Liisa Laulu", "liisa.laulu@example.org", "Nainen")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Kuhmo: ei ketään, tavoite on yksi jäsen.")).to_be_visible()
    keep_picture(page, "nominations-desk")

    # Close, look at the balance, appoint with a reason.
    page.get_by_role("button", name="Sulje pyyntö").click()
    page.get_by_role("link", name="Merkitse jäsenet valituiksi").click()
    expect(page.get_by_text("Ei täyty: tarvitaan vielä 1 mies.")).to_be_visible()
    keep_picture(page, "nominations-appointment")
    page.get_by_role("button", name="Merkitse jäsenet valituiksi").click()
    expect(page.get_by_role("alert")).to_contain_text("Tasa-arvolaki sitoo tätä toimielintä")
    page.get_by_label("Miksi 40 prosentin osuus").fill("Yksi järjestö jätti nimeämättä.")
    page.get_by_role("button", name="Merkitse jäsenet valituiksi").click()
    expect(page.get_by_text("Jäsenet on merkitty valituiksi.")).to_be_visible()
    keep_picture(page, "nominations-done")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")

    # They sit in the coming term, and whoever opens the old link is told so.
    with in_region("kainuu"):
        call = NominationCall.objects.get()
        held = {(one.contact.name, one.role, one.start) for one in call.term.memberships.all()}
    start = clock.today() + timedelta(days=31)
    assert held == {
        ("Aino Aalto", Role.MEMBER, start),
        ("Eero Eskola", Role.DEPUTY, start),
        ("Liisa Laulu", Role.MEMBER, start),
    }
    answers.goto(site.link_to("toimisto@sports.example.org", "kainuu"))
    expect(answers.get_by_text("Jäsenet on valittu, joten nimiä ei enää oteta vastaan.")).to_be_visible()


def test_an_open_request_is_answered_on_the_public_site(site: Site, secretary: User, page: Page) -> None:
    with in_region("kainuu"):
        term = Term.objects.get(state=TermState.PLANNED)
        call = CallFactory(
            term=term, kind=CallKind.OPEN, order=Appointing.PROPOSED_THEN_DECIDED, slug="ehdota",
            text_fi="Ehdottakaa jäseniä eri aloilta.",
        )  # fmt: skip
        call.seats.set(list(term.seats.all()))
        open_call(call, by=None)
    page.goto(site.url("kainuu", "/nimeamispyynnot/ehdota/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ehdota jäseniä neuvottelukuntaan")
    keep_picture(page, "nominations-public")
    page.get_by_label("Järjestön nimi").fill("Uusi yhdistys ry")
    page.get_by_label("Kulttuuri").check()
    _name(page, "Jäsen", "Aino Aalto", "aino.aalto@example.org", "Nainen")
    page.get_by_label("Nimesi").fill("Lea Lähettäjä")
    page.get_by_label("Sähköpostiosoitteesi").fill("lea@example.org")
    page.wait_for_timeout(2100)  # Nobody fills a form faster.
    page.get_by_role("button", name="Lähetä ehdotus").click()
    expect(page.get_by_text("Kiitos ehdotuksesta").first).to_be_visible()
    keep_picture(page, "nominations-received")
    assert "Aino" not in site.letter_to("lea@example.org", "kainuu")
