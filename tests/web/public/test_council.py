"""The council's public pages."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.councils import AuthorityFactory, BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.core import clock
from yhdys.councils.actions import keep, start_hosting
from yhdys.councils.enums import BodyKind, ChannelKind, ChannelState, MandateKind, Precision, Represents, Role
from yhdys.councils.models import Body, ExternalDecision, Mandate, PublicationChannel, Term, TimelineEvent
from yhdys.keywords.models import Sector
from yhdys.organisations.actions import give_consent
from yhdys.organisations.enums import ConsentField, ConsentSource
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(clock.helsinki(2026, 11, 21, 12)):
        yield


@pytest.fixture
def site() -> Client:
    return Client(headers={"host": "kainuu.localhost"})


@pytest.fixture
def council(region: Region) -> Body:
    return BodyFactory(name_fi="Koemaan järjestöneuvottelukunta", slug="koemaa", founded_on=date(2020, 11, 23))


@pytest.fixture
def term(council: Body) -> Term:
    return TermFactory(body=council)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def member(term: Term, name: str, **more: Any) -> Any:
    contact = {key: more.pop(key) for key in ("email", "phone", "role_email") if key in more}
    return MembershipFactory(
        seat=more.pop("seat", None) or SeatFactory(term=term),
        contact=ContactFactory(name=name, **{"role_email": ""} | contact),
        **more,
    )


def test_the_page_tells_the_councils_facts(site: Client, council: Body, term: Term) -> None:
    start_hosting(council, AuthorityFactory(name_fi="Koemaan liitto"), start=None, by=None)
    for title in ("Yhteinen ääni", "Vuoropuhelu"):
        keep(Mandate(body=council, kind=MandateKind.TASK, title_fi=title, text_fi="Selite."), by=None)
    keep(TimelineEvent(body=council, date=date(2012, 3, 1), precision=Precision.YEAR, title_fi="Aloite"), by=None)
    keep(
        ExternalDecision(
            body=council,
            deciding_body_fi="Koemaan liiton hallitus",
            date=date(2020, 11, 23),
            title_fi="Asettaminen",
            url="https://asiat.example/1",
        ),
        by=None,
    )
    keep(
        PublicationChannel(
            body=council, kind=ChannelKind.SOCIAL_MEDIA, state=ChannelState.COMING, name_fi="Koemaan some"
        ),
        by=None,
    )
    page = text(site.get("/neuvottelukunta/"))
    for fact in (
        "<h1", "Koemaan järjestöneuvottelukunta", "Koemaan liitto", "23.11.2020", "Aloite", "2012",
        "Asettaminen", 'href="https://asiat.example/1"', "Koemaan some",
    ):  # fmt: skip
        assert fact in page
    assert page.index("Yhteinen ääni") < page.index("Vuoropuhelu")
    assert "1.3.2012" not in page
    assert page.count("<h1") == 1
    assert "noindex" not in page


def test_members_stand_by_sector_with_their_office_and_deputy(site: Client, term: Term) -> None:
    seat = SeatFactory(term=term, represents=Represents.SECTOR, sector=Sector.objects.get(code="culture"))
    aino = member(term, "Aino Jäsen", seat=seat)
    MembershipFactory(seat=seat, role=Role.DEPUTY, deputises_for=aino, contact=ContactFactory(name="Ville Vara"))
    MembershipFactory(seat=None, term=term, role=Role.CHAIR, contact=aino.contact)
    SeatFactory(term=term, organisation=OrganisationFactory(name_fi="Tyhjä ry"))
    page = text(site.get("/neuvottelukunta/"))
    row = page[page.index("Kulttuuri ja taide") :]
    assert row.index("Aino Jäsen") < row.index("Koeyhdistys") < row.index("Ville Vara")
    assert "Tyhjä ry" in row


@pytest.mark.parametrize("path", ["/neuvottelukunta/", "/neuvottelukunta/kokoonpano/2026-02-01/"])
def test_an_address_is_shown_by_consent_only(site: Client, term: Term, path: str) -> None:
    contact = ContactFactory(name="Aino Jäsen", role_email="", email="aino@example.org", phone="040 123 4567")
    MembershipFactory(seat=None, term=term, role=Role.CHAIR, contact=contact)
    page = text(site.get(path))
    assert "Aino Jäsen" in page
    assert "aino@example.org" not in page
    give_consent(contact, ConsentField.EMAIL, source=ConsentSource.FORM, by=None)
    page = text(site.get(path))
    assert "aino@example.org" in page
    assert "040 123 4567" not in page


def test_addresses_leave_the_page_with_the_term(site: Client, council: Body) -> None:
    term = TermFactory(body=council, start=date(2024, 1, 1), end=date(2025, 12, 31))
    contact = ContactFactory(name="Aino Jäsen", email="aino@example.org", role_email="virka@example.org")
    MembershipFactory(seat=None, term=term, role=Role.SECRETARY, contact=contact)
    give_consent(contact, ConsentField.EMAIL, source=ConsentSource.FORM, by=None)
    page = text(site.get("/neuvottelukunta/kokoonpano/2025-06-01/"))
    assert "Aino Jäsen" in page
    assert "@example.org" not in page


def test_an_old_roster_has_its_own_address_and_stays_out_of_search_engines(
    site: Client, council: Body, term: Term
) -> None:
    old = TermFactory(body=council, start=date(2024, 1, 1), end=date(2025, 12, 31))
    member(old, "Vanha Jäsen")
    member(term, "Uusi Jäsen")
    assert "/neuvottelukunta/kokoonpano/2025-12-31/" in text(site.get("/neuvottelukunta/"))
    page = text(site.get("/neuvottelukunta/kokoonpano/2025-12-31/"))
    assert "Vanha Jäsen" in page
    assert "Uusi Jäsen" not in page
    assert 'name="robots" content="noindex"' in page


@pytest.mark.parametrize("day", ["2025-06-01", "1.6.2025"])
def test_a_day_can_be_asked_for(site: Client, council: Body, day: str) -> None:
    answer = site.get("/neuvottelukunta/", {"paiva": day})
    assert (answer.status_code, answer["Location"]) == (302, "/neuvottelukunta/kokoonpano/2025-06-01/")


@pytest.mark.parametrize("day", ["31.2.2025", "<script>alert(1)</script>", "22.11.2026", "0000-00-00"])
def test_a_broken_or_coming_day_is_told(site: Client, council: Body, day: str) -> None:
    answer = site.get("/neuvottelukunta/", {"paiva": day})
    assert answer.status_code == 400
    assert "<script>alert" not in text(answer)
    assert "govuk-error-summary" in text(answer)


@pytest.mark.parametrize("day", ["2026-11-22", "2025-02-31", "2025-6-1"])
def test_there_is_no_roster_of_a_day_that_is_no_day(site: Client, council: Body, day: str) -> None:
    assert site.get(f"/neuvottelukunta/kokoonpano/{day}/").status_code == 404


def test_a_day_of_which_nothing_is_known_says_so(site: Client, council: Body) -> None:
    answer = site.get("/neuvottelukunta/kokoonpano/1999-01-01/")
    assert answer.status_code == 200
    assert 'content="noindex"' in text(answer)


def test_a_body_below_has_a_page_of_its_own(site: Client, council: Body) -> None:
    committee = BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=council, name_fi="Koetyövaliokunta", slug="koetv")
    member(TermFactory(body=committee), "Aino Valmistelija", seat=SeatFactory(term=TermFactory()))
    assert "/neuvottelukunta/koetv/" in text(site.get("/neuvottelukunta/"))
    page = text(site.get("/neuvottelukunta/koetv/"))
    assert "Koetyövaliokunta" in page
    assert 'href="/neuvottelukunta/"' in page
    assert site.get("/neuvottelukunta/koetv/kokoonpano/2026-02-01/").status_code == 200
    assert site.get("/neuvottelukunta/ei-ole/").status_code == 404


def test_each_part_of_the_page_has_a_name_of_its_own_that_the_contents_lead_to(
    site: Client, council: Body, term: Term
) -> None:
    below = BodyFactory(kind=BodyKind.SUBREGIONAL_COUNCIL, parent=council, name_fi="Koeseudun neuvottelukunta")
    seat = SeatFactory(term=term, represents=Represents.BODY, organisation=None, other_body=below)
    member(term, "Aino Edustaja", seat=seat)
    for kind in (MandateKind.OBJECTIVE, MandateKind.TASK):
        Mandate.objects.create(body=council, kind=kind, position=1, text_fi="Teksti")
    page = text(site.get("/neuvottelukunta/"))
    names = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(set(names)) == sorted(names)
    doors = re.findall(r'href="#([^"]+)"', page)
    assert {"objectives", "tasks", "bodies", "below", "earlier"} <= set(doors) <= set(names)


def test_the_council_has_one_address(site: Client, council: Body) -> None:
    answer = site.get("/neuvottelukunta/koemaa/")
    assert (answer.status_code, answer["Location"]) == (301, "/neuvottelukunta/")
    answer = site.get("/neuvottelukunta/koemaa/kokoonpano/2026-02-01/")
    assert (answer.status_code, answer["Location"]) == (301, "/neuvottelukunta/kokoonpano/2026-02-01/")


def test_a_region_without_a_council_has_a_page_that_says_so(site: Client) -> None:
    assert site.get("/neuvottelukunta/").status_code == 200
    assert site.get("/neuvottelukunta/kokoonpano/2026-02-01/").status_code == 404


def test_head_answers_as_get_does(site: Client, council: Body) -> None:
    assert site.head("/neuvottelukunta/").status_code == 200
    assert site.post("/neuvottelukunta/").status_code == 405


def test_another_regions_council_is_not_here(site: Client, council: Body, lappi: Region) -> None:
    with in_region(lappi):
        BodyFactory(name_fi="Toisen maakunnan neuvottelukunta", slug="toinen")
    assert site.get("/neuvottelukunta/toinen/").status_code == 404
    assert "Toisen maakunnan" not in text(site.get("/neuvottelukunta/"))


def test_html_in_texts_is_only_text(site: Client, council: Body) -> None:
    council.purpose_fi = "<script>alert(1)</script><b>lihava</b>"  # type: ignore[attr-defined]  # by translation
    council.rules_fi = "<p onclick=x>Säännöt</p><script>alert(2)</script>"  # type: ignore[attr-defined]  # by translation
    council.save()
    page = text(site.get("/neuvottelukunta/"))
    assert "<script>alert" not in page
    assert "&lt;b&gt;lihava" in page
    assert "<p>Säännöt</p>" in page


def test_what_is_in_finnish_only_says_so_in_swedish(site: Client, council: Body) -> None:
    council.purpose_fi, council.name_sv = "Vain suomeksi.", "Provlandets delegation"  # type: ignore[attr-defined]  # by translation
    council.save()
    page = text(site.get("/sv/delegationen/"))
    assert "Provlandets delegation" in page
    assert '<div class="y-prose govuk-!-margin-bottom-6" lang="fi"><p>Vain suomeksi.</p>' in page


def test_the_page_tells_when_it_was_last_edited(site: Client, council: Body, term: Term) -> None:
    with clock.at(clock.helsinki(2026, 11, 20, 9)):
        keep(TimelineEvent(body=council, date=date(2020, 1, 1), title_fi="Alku"), by=None)
    Body.objects.update(updated_at=clock.helsinki(2022, 3, 23))
    Term.objects.update(updated_at=clock.helsinki(2022, 3, 23))
    assert "20.11.2026" in text(site.get("/neuvottelukunta/"))


def test_the_page_takes_the_same_queries_whatever_its_size(site: Client, council: Body, term: Term) -> None:
    counts = []
    for more in (1, 3):
        for number in range(more):
            one = member(term, f"Jäsen {number}", organisation=OrganisationFactory())
            MembershipFactory(seat=one.seat, role=Role.DEPUTY, deputises_for=one)
            keep(Mandate(body=council, kind=MandateKind.TASK, text_fi=f"Tehtävä {number}."), by=None)
            keep(TimelineEvent(body=council, date=date(2020, 1, 1), title_fi=f"Tapahtuma {number}"), by=None)
            year = 2000 + 4 * len(counts) + number
            TermFactory(body=council, start=date(year, 1, 1), end=date(year, 2, 1))
            BodyFactory(kind=BodyKind.OTHER, parent=council)
        site.get("/neuvottelukunta/")  # Whatever is read once per process is read here.
        with CaptureQueriesContext(connection) as captured:
            site.get("/neuvottelukunta/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_photograph_is_shown_by_consent_and_in_office_only(site: Client, term: Term) -> None:
    contact = ContactFactory(name="Aino Jäsen", role_email="")
    contact.photo.save("aino.png", ContentFile(b"\x89PNG kuva"))
    membership = MembershipFactory(seat=SeatFactory(term=term), contact=contact)
    address = f"/neuvottelukunta/kuvat/{contact.photo.name.rpartition('/')[2]}"
    assert site.get(address).status_code == 404
    give_consent(contact, ConsentField.PHOTO, source=ConsentSource.FORM, by=None)
    assert address in text(site.get("/neuvottelukunta/"))
    answer = site.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/png",
        "nosniff",
    )
    assert b"".join(answer.streaming_content) == b"\x89PNG kuva"  # type: ignore[attr-defined]  # a file
    membership.end = date(2026, 11, 20)
    membership.save()
    assert address not in text(site.get("/neuvottelukunta/"))
    assert site.get(address).status_code == 404
    assert site.get("/neuvottelukunta/kuvat/..%2Ftoinen.png").status_code == 404
