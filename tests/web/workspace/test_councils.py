"""Councils as those who run them see them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import UserFactory
from tests.factories.councils import AuthorityFactory, BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import in_body, staff

from yhdys.accounts.models import StaffRole
from yhdys.core import clock
from yhdys.councils.actions import keep, remove
from yhdys.councils.enums import MandateKind, Role, TermState
from yhdys.councils.models import Body, Mandate, Membership, Seat, Term, TimelineEvent
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
LIST = "/en/workspace/councils/"


@pytest.fixture
def body(region: Region) -> Body:
    return BodyFactory()


@pytest.fixture
def desk(body: Body, secretary_of: Callable[[Body], Client]) -> Client:
    """The browser of the body's secretary."""
    return secretary_of(body)


@pytest.fixture
def term(body: Body, desk: Client) -> Term:
    return Term.objects.get(body=body)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def version(page: Any) -> str:
    return str(page.context["form"].fields["version"].initial)


def task(body: Body, title: str = "Ääni") -> Mandate:
    return keep(Mandate(body=body, kind=MandateKind.TASK, title_fi=title, text_fi=f"{title}."), by=None)


def pages(body: Body, term: Term) -> list[str]:
    """Every page of a body that a secretary opens."""
    member = MembershipFactory(seat=SeatFactory(term=term))
    mandate = task(body)
    here, there = f"{LIST}{body.pk}/", f"{LIST}terms/{term.pk}/"
    return [
        LIST,
        here,
        *(here + part for part in ("about/", "terms/", "ties/", "history/", "edit/", "terms/new/")),
        *(f"{here}ties/{part}" for part in ("practice/", "invitations/new/", "deliveries/new/")),
        *(f"{here}{kind}/new/" for kind in ("mandate", "event", "decision", "channel", "matter", "host")),
        there,
        *(there + part for part in ("edit/", "end/", "continuation/", "constitution/", "seats/new/", "members/new/")),
        *(f"{LIST}seats/{member.seat_id}/{part}/" for part in ("edit", "removal", "successor")),
        *(f"{LIST}members/{member.pk}/{part}/" for part in ("end", "replacement")),
        *(f"{LIST}mandate/{mandate.pk}/{part}/" for part in ("edit", "removal")),
        f"{LIST}authorities/",
        f"{LIST}authority/new/",
        f"{LIST}programme/new/",
    ]


def test_every_page_opens_and_has_one_heading(desk: Client, body: Body, term: Term) -> None:
    for path in pages(body, term):
        answer = desk.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert (path, text(answer).count("<h1")) == (path, 1)


def test_nobody_without_a_role_opens_any(body: Body, term: Term, window_of: Callable[[Any], Client]) -> None:
    stranger, anybody = window_of(UserFactory()), Client(headers={"host": "kainuu.localhost"})
    for path in pages(body, term):
        assert (path, stranger.get(path).status_code in (403, 404)) == (path, True)
        assert (path, anybody.get(path).status_code) == (path, 302)


def test_a_member_reads_and_changes_nothing(body: Body, term: Term, window_of: Callable[[Any], Client]) -> None:
    window = window_of(in_body(body, Role.MEMBER))
    reads = {LIST, f"{LIST}{body.pk}/", f"{LIST}terms/{term.pk}/", f"{LIST}authorities/"} | {
        f"{LIST}{body.pk}/{part}/" for part in ("about", "terms", "ties", "history")
    }
    for path in pages(body, term):
        assert (path, window.get(path).status_code) == (path, 200 if path in reads else 403)
        if path not in reads:
            assert (path, window.post(path).status_code) == (path, 403)


def test_another_regions_records_are_not_here(desk: Client, lappi: Region) -> None:
    with in_region(lappi):
        body = BodyFactory()
        foreign = pages(body, TermFactory(body=body))
    for path in foreign:
        if any(word in path for word in ("authorit", "programme")) or path == LIST:
            continue
        assert (path, desk.get(path).status_code) == (path, 404)


def test_an_editor_changes_the_body_and_not_its_members(
    body: Body, term: Term, window_of: Callable[[Any], Client]
) -> None:
    window = window_of(staff(StaffRole.Role.EDITOR))
    assert window.get(f"{LIST}{body.pk}/edit/").status_code == 200
    assert window.get(f"{LIST}terms/{term.pk}/members/new/").status_code == 403
    assert window.post(f"{LIST}terms/{term.pk}/start/").status_code == 403


def body_form(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "regional_council",
        "name_fi": "Koemaan neuvottelukunta",
        "legal_standing": "cooperation",
        "quorum_rule": "half",
        "minutes_kind": "memo",
        "balance": "recommended",
    } | fields


def test_a_body_is_changed_and_its_history_tells_it(desk: Client, body: Body) -> None:
    address = f"{LIST}{body.pk}/edit/"
    answer = desk.post(address, body_form(purpose_fi="Uusi tarkoitus", version=version(desk.get(address))))
    assert answer.status_code == 302
    body.refresh_from_db()
    assert (str(body), body.minutes_kind) == ("Koemaan neuvottelukunta", "memo")
    assert "Purpose" in text(desk.get(f"{LIST}{body.pk}/history/"))


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"name_fi": ""}, 422),
        ({"email": "ei osoite"}, 422),
        ({"founded_on": "30.2.2020"}, 422),
        ({"founded_year": "-1"}, 422),
        ({"quorum_rule": "number"}, 409),
        ({"kind": "working_committee"}, 409),
    ],
)
def test_a_broken_body_is_told(desk: Client, body: Body, wrong: dict[str, Any], status: int) -> None:
    address = f"{LIST}{body.pk}/edit/"
    sent = body_form(controller="Koemaan liitto", version=version(desk.get(address))) | wrong
    answer = desk.post(address, sent)
    assert answer.status_code == status
    assert 'value="Koemaan liitto"' in text(answer)


def test_mandates_are_put_in_order_by_buttons(desk: Client, body: Body) -> None:
    first, second = task(body, "Ensimmäinen"), task(body, "Toinen")
    answer = desk.post(f"{LIST}mandate/{second.pk}/place/", {"steps": "-1"})
    assert answer["Location"] == f"{LIST}{body.pk}/about/#mandate-{second.pk}"
    assert list(Mandate.objects.listed()) == [second, first]
    desk.post(f"{LIST}mandate/{second.pk}/place/", {"steps": "1"})
    assert list(Mandate.objects.listed()) == [first, second]


def test_a_record_that_was_removed_in_another_tab_keeps_what_was_typed(desk: Client, body: Body) -> None:
    mandate = task(body)
    address = f"{LIST}mandate/{mandate.pk}/edit/"
    seen = version(desk.get(address))
    remove(mandate, by=None)
    answer = desk.post(address, {"kind": "task", "text_fi": "Pitkään mietitty <b>teksti</b>", "version": seen})
    assert answer.status_code == 410
    assert "Somebody removed this" in text(answer)
    assert "Pitkään mietitty &lt;b&gt;teksti&lt;/b&gt;" in text(answer)
    assert not Mandate.objects.exists()
    assert desk.get(address).status_code == 404
    never = f"{LIST}mandate/{body.pk}/edit/"
    assert desk.post(never, {"kind": "task", "text_fi": "x"}).status_code == 404


def test_a_record_is_added_changed_and_removed(desk: Client, body: Body) -> None:
    new = f"{LIST}{body.pk}/event/new/"
    sent = {"kind": "decision", "date": "23.11.2020", "precision": "day", "title_fi": "Päätös"}
    assert desk.post(new, sent | {"date": "31.2.2020"}).status_code == 422
    assert desk.post(new, sent).status_code == 302
    event = TimelineEvent.objects.get()
    assert event.date == date(2020, 11, 23)
    address = f"{LIST}event/{event.pk}/"
    seen = version(desk.get(address + "edit/"))
    assert desk.post(address + "edit/", sent | {"title_fi": "Perustaminen", "version": seen}).status_code == 302
    assert desk.post(address + "removal/").status_code == 302
    assert not TimelineEvent.objects.exists()
    assert "Record removed" in text(desk.get(f"{LIST}{body.pk}/history/"))


def test_an_authority_in_use_cannot_be_removed(desk: Client) -> None:
    authority = AuthorityFactory(name_fi="Koemaan liitto")
    SeatFactory(represents="authority", authority=authority, organisation=None)
    answer = desk.post(f"{LIST}authority/{authority.pk}/removal/")
    assert answer.status_code == 409
    assert "“Koemaan liitto” cannot be removed" in text(answer)


def test_members_are_appointed_replaced_and_ended(desk: Client, term: Term) -> None:
    seat, aino, ville = SeatFactory(term=term), ContactFactory(name="Aino Koe"), ContactFactory(name="Ville Koe")
    new = f"{LIST}terms/{term.pk}/members/new/"
    assert f'value="{seat.pk}" selected' in text(desk.get(f"{new}?seat={seat.pk}"))
    assert desk.post(new, {"contact": aino.pk, "role": "member", "seat": seat.pk}).status_code == 302
    refused = desk.post(new, {"contact": ville.pk, "role": "member", "seat": seat.pk})
    assert refused.status_code == 409
    assert "Aino Koe holds this seat at that time" in text(refused)
    assert f'value="{ville.pk}" selected' in text(refused)
    membership = Membership.objects.get(contact=aino)
    today = clock.today().strftime("%d.%m.%Y")
    there = f"{LIST}members/{membership.pk}/"
    assert desk.post(there + "replacement/", {"contact": ville.pk, "start": today}).status_code == 302
    assert Membership.objects.filter(seat=seat).in_force().get().contact == ville
    last = Membership.objects.get(contact=ville)
    assert desk.post(f"{LIST}members/{last.pk}/end/", {"on": "1.1.1990"}).status_code == 409
    assert desk.post(f"{LIST}members/{last.pk}/end/", {"on": today}).status_code == 302
    page = text(desk.get(f"{LIST}terms/{term.pk}/"))
    assert "Aino Koe" in page
    assert "Ville Koe" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": "kissa"},
        {"contact": ""},
        {"role": "king"},
        {"seat": "00000000-0000-0000-0000-000000000000"},
        {"start": "31.2.2026"},
        {"start": "<script>"},
    ],
)
def test_a_broken_appointment_is_told(desk: Client, term: Term, wrong: dict[str, str]) -> None:
    seat, aino = SeatFactory(term=term), ContactFactory(name="Aino Koe")
    answer = desk.post(
        f"{LIST}terms/{term.pk}/members/new/",
        {"contact": str(aino.pk), "role": "member", "seat": str(seat.pk)} | wrong,
    )
    assert answer.status_code == 422
    assert "<script>" not in text(answer).replace("<script type", "").replace("<script src", "")
    assert not Membership.objects.filter(contact=aino).exists()


def test_a_seat_of_another_term_is_no_choice(desk: Client, term: Term) -> None:
    other = SeatFactory(term=TermFactory(body=BodyFactory(kind="other")))
    answer = desk.post(
        f"{LIST}terms/{term.pk}/members/new/", {"contact": ContactFactory().pk, "role": "member", "seat": other.pk}
    )
    assert answer.status_code == 422


def test_a_seat_is_added_and_named_by_what_it_speaks_for(desk: Client, term: Term) -> None:
    organisation = OrganisationFactory(name_fi="Koemaan Kylät ry")
    new = f"{LIST}terms/{term.pk}/seats/new/"
    assert desk.post(new, {"represents": "organisation", "position": ""}).status_code == 409
    sent = {"represents": "organisation", "organisation": organisation.pk, "is_voting": "on", "position": ""}
    assert desk.post(new, sent).status_code == 302
    seat = Seat.objects.get()
    assert (seat.name, seat.is_voting, seat.position) == ("Koemaan Kylät ry", True, 1)
    assert desk.post(f"{LIST}seats/{seat.pk}/removal/").status_code == 302
    assert not Seat.objects.exists()


def test_a_planned_term_says_what_is_missing_and_starts_when_nothing_is(
    body: Body, window_of: Callable[[Any], Client]
) -> None:
    term = TermFactory(body=body, state=TermState.PLANNED, start=clock.today(), end=None)
    convener = UserFactory()
    term.convener = ContactFactory(user=convener)
    term.save()
    window = window_of(convener)
    address = f"{LIST}terms/{term.pk}/"
    assert "Still missing" in text(window.get(address))
    SeatFactory(term=term)
    page = text(window.get(address))
    assert "Still missing" not in page
    assert "Start the term" in page
    assert window.post(address + "start/").status_code == 302
    term.refresh_from_db()
    assert term.state == TermState.RUNNING
    chair = ContactFactory()
    on = clock.today().strftime("%d.%m.%Y")
    assert window.post(address + "constitution/", {"on": on, "chair": chair.pk}).status_code == 302
    assert Membership.objects.get(term=term, role=Role.CHAIR).contact == chair
    assert window.get(address + "edit/").status_code in (403, 404)


def test_a_refused_step_is_told_on_the_terms_page(desk: Client, term: Term) -> None:
    answer = desk.post(f"{LIST}terms/{term.pk}/review/", follow=True)
    assert "Only a pilot is reviewed" in text(answer)


@pytest.mark.parametrize("path", ["", "about/", "terms/", "history/"])
def test_a_bodys_pages_take_the_same_queries_whatever_their_size(
    desk: Client, body: Body, term: Term, path: str
) -> None:
    address = f"{LIST}{body.pk}/{path}"
    counts = []
    for more in (1, 3):
        for number in range(more):
            one = MembershipFactory(seat=SeatFactory(term=term), organisation=OrganisationFactory())
            MembershipFactory(seat=one.seat, role=Role.DEPUTY, deputises_for=one)
            SeatFactory(term=term)
            task(body, f"Tehtävä {number}")
            keep(TimelineEvent(body=body, date=date(2020, 1, 1), title_fi="Alku"), by=None)
            TermFactory(body=body, start=date(1990 + len(counts) * 5 + number, 1, 1), state=TermState.ENDED)
        desk.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_terms_page_takes_the_same_queries_whatever_its_size(desk: Client, term: Term) -> None:
    address = f"{LIST}terms/{term.pk}/"
    counts = []
    for more in (1, 3):
        for _row in range(more):
            one = MembershipFactory(seat=SeatFactory(term=term), organisation=OrganisationFactory())
            MembershipFactory(seat=one.seat, role=Role.DEPUTY, deputises_for=one)
            SeatFactory(term=term)
        desk.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
