"""Terms and seats."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.factories.councils import AuthorityFactory, BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.actions import (
    add_seat,
    begin_review,
    change_seat,
    change_term,
    constitute_term,
    continue_term,
    copy_seats,
    end_term,
    hand_over_seat,
    plan_term,
    remove_seat,
    start_term,
)
from yhdys.councils.enums import Represents, Role, TermState
from yhdys.councils.models import Body, Membership, Seat, Term
from yhdys.councils.queries import roster
from yhdys.councils.workflow import NEXT, advance

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(clock.helsinki(2026, 11, 21, 12)):
        yield


@pytest.fixture
def body(region: Any) -> Body:
    return BodyFactory()


def planned(body: Body, **fields: Any) -> Term:
    return plan_term(Term(body=body, **{"start": date(2026, 1, 1), "end": date(2027, 12, 31)} | fields), by=None)


@pytest.mark.parametrize("now", TermState)
@pytest.mark.parametrize("to", TermState)
def test_a_term_goes_only_where_the_table_leads(body: Body, now: TermState, to: TermState) -> None:
    term = TermFactory(body=body, state=now)
    if to in NEXT[now]:
        advance(term, to)
        term.refresh_from_db()
        assert term.state == to
    else:
        with pytest.raises(ActionRefused, match="A term cannot go from"):
            advance(term, to)


@pytest.mark.parametrize(
    "fields",
    [
        {"end": date(2025, 12, 31)},
        {"review_on": date(2026, 6, 1)},
        {"is_pilot": True, "review_on": date(2025, 6, 1)},
    ],
)
def test_a_broken_plan_is_refused(body: Body, fields: dict[str, Any]) -> None:
    with pytest.raises(ActionRefused):
        planned(body, **fields)
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2027, 12, 31), None),
        (date(2025, 1, 1), date(2026, 1, 1)),
        (date(2025, 1, 1), None),
        (date(2026, 5, 1), date(2026, 6, 1)),
    ],
)
def test_terms_of_one_body_do_not_overlap(body: Body, start: date, end: date | None) -> None:
    planned(body)
    with pytest.raises(ActionRefused, match="2026–2027 is in force at the same time"):
        planned(body, start=start, end=end)
    assert planned(BodyFactory(kind="other"), start=start, end=end).pk


def test_an_open_term_bars_every_later_one(body: Body) -> None:
    planned(body, end=None)
    with pytest.raises(ActionRefused, match="2026– is in force at the same time"):
        planned(body, start=date(2030, 1, 1), end=None)


def test_a_term_starts_with_members_on_its_day_when_no_other_runs(body: Body) -> None:
    term = planned(body)
    with pytest.raises(ActionRefused, match="Appoint members first"):
        start_term(term, by=None)
    MembershipFactory(seat=SeatFactory(term=term))
    assert start_term(term, by=None).state == TermState.RUNNING
    later = planned(body, start=date(2028, 1, 1), end=None, convener=ContactFactory())
    with pytest.raises(ActionRefused, match="still to come"):
        start_term(later, by=None)
    with clock.at(clock.helsinki(2028, 1, 1)):
        with pytest.raises(ActionRefused, match="2026–2027 is still running"):
            start_term(later, by=None)
        end_term(term, by=None)
        assert start_term(later, by=None).state == TermState.RUNNING


def test_a_pilot_is_reviewed_and_goes_on(body: Body) -> None:
    pilot = TermFactory(body=body, is_pilot=True, review_on=date(2026, 11, 1))
    begin_review(pilot, by=None)
    continued = continue_term(pilot, end=date(2029, 12, 31), by=None)
    continued.refresh_from_db()
    assert (continued.state, continued.end) == (TermState.RUNNING, date(2029, 12, 31))
    assert [entry.verb for entry in Entry.objects.about(pilot)] == ["continued", "review_begun"]


def test_only_a_pilot_is_reviewed(body: Body) -> None:
    with pytest.raises(ActionRefused, match="Only a pilot"):
        begin_review(TermFactory(body=body), by=None)


def test_ending_a_term_ends_every_membership(body: Body) -> None:
    term = TermFactory(body=body)
    member = MembershipFactory(seat=SeatFactory(term=term), end=term.end)
    ended = end_term(term, on=date(2026, 11, 20), by=None)
    member.refresh_from_db()
    assert (ended.state, ended.end, member.end) == (TermState.ENDED, date(2026, 11, 20), date(2026, 11, 20))
    assert roster(body).is_empty


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2025, 12, 31)])
def test_a_term_does_not_end_in_the_future_or_before_it_began(body: Body, day: date) -> None:
    with pytest.raises(ActionRefused):
        end_term(TermFactory(body=body), on=day, by=None)


def test_a_change_of_dates_leaves_nobody_outside(body: Body) -> None:
    term = TermFactory(body=body)
    member = MembershipFactory(seat=SeatFactory(term=term), start=date(2026, 3, 1), end=term.end)
    term.start = date(2026, 4, 1)
    with pytest.raises(ActionRefused, match="outside these dates"):
        change_term(term, by=None)
    term.start, term.end = date(2026, 2, 1), date(2027, 6, 30)
    change_term(term, by=None)
    member.refresh_from_db()
    assert member.end == date(2027, 6, 30)


def test_a_form_cannot_change_the_state_of_a_term(body: Body) -> None:
    term = TermFactory(body=body)
    term.state, term.notes = TermState.ENDED, "Uusi selite"
    change_term(term, by=None)
    term.refresh_from_db()
    assert (term.state, term.notes) == (TermState.RUNNING, "Uusi selite")


def test_the_constitutive_meeting_elects_at_once_and_only_once(body: Body) -> None:
    term = TermFactory(body=body, convener=ContactFactory())
    chair, secretary = ContactFactory(), ContactFactory()
    elected = {Role.CHAIR: chair, Role.SECRETARY: secretary}
    with pytest.raises(ActionRefused, match="elects a chair"):
        constitute_term(term, on=date(2026, 2, 17), elected={Role.SECRETARY: secretary}, by=None)
    with pytest.raises(ActionRefused, match="during the term"):
        constitute_term(term, on=date(2025, 2, 17), elected=elected, by=None)
    constitute_term(term, on=date(2026, 2, 17), elected=elected, by=None)
    offices = Membership.objects.filter(body=body).in_force()
    assert {(one.role, one.contact, one.start) for one in offices} == {
        (Role.CHAIR, chair, date(2026, 2, 17)),
        (Role.SECRETARY, secretary, date(2026, 2, 17)),
    }
    with pytest.raises(ActionRefused, match="noted already"):
        constitute_term(term, on=date(2026, 2, 18), elected=elected, by=None)


@pytest.mark.parametrize(
    "represents", [kind for kind in Represents if kind not in (Represents.EXPERT, Represents.POST)]
)
def test_a_seat_names_whom_it_speaks_for(body: Body, represents: Represents) -> None:
    with pytest.raises(ActionRefused, match="Choose whom the seat speaks for"):
        add_seat(Seat(term=TermFactory(body=body), represents=represents), by=None)


def test_a_seat_of_an_expert_needs_a_name(body: Body) -> None:
    term = TermFactory(body=body)
    with pytest.raises(ActionRefused, match="Give the seat a name"):
        add_seat(Seat(term=term, represents=Represents.EXPERT), by=None)
    first = add_seat(Seat(term=term, represents=Represents.EXPERT, label_fi="Tutkimus"), by=None)
    second = add_seat(Seat(term=term, represents=Represents.EXPERT, label_fi="Viestintä"), by=None)
    assert [first.position, second.position] == [1, 2]


def test_a_seat_lives_within_its_term(body: Body) -> None:
    seat = SeatFactory(term=TermFactory(body=body))
    seat.start = date(2025, 1, 1)
    with pytest.raises(ActionRefused, match="within the term 2026–2027"):
        change_seat(seat, by=None)


def test_a_seat_that_somebody_has_held_stays(body: Body) -> None:
    held = MembershipFactory(seat=SeatFactory(term=TermFactory(body=body))).seat
    with pytest.raises(ActionRefused, match="has held this seat"):
        remove_seat(held, by=None)
    empty = SeatFactory(term=held.term)
    remove_seat(empty, by=None)
    assert list(Seat.objects.all()) == [held]


def test_the_next_term_can_begin_with_the_same_seats(body: Body) -> None:
    old = TermFactory(body=body)
    gone = SeatFactory(term=old, end=date(2026, 6, 30))
    stays = SeatFactory(term=old, start=date(2026, 7, 1))
    new = TermFactory(body=body, start=date(2028, 1, 1), end=None, state=TermState.PLANNED)
    (copied,) = copy_seats(old, new, by=None)
    assert (copied.organisation, copied.start, copied.term) == (stays.organisation, None, new)
    assert gone.organisation != copied.organisation
    assert Seat.objects.count() == 3
    with pytest.raises(ActionRefused, match="has seats already"):
        copy_seats(old, new, by=None)


def test_a_successor_takes_over_the_seat_of_an_authority(body: Body) -> None:
    old, new = AuthorityFactory(name_fi="Koekuntayhtymä"), AuthorityFactory(name_fi="Koehyvinvointialue")
    seat = SeatFactory(term=TermFactory(body=body), represents="authority", authority=old, organisation=None)
    member = MembershipFactory(seat=seat, authority=old)
    deputy = MembershipFactory(seat=seat, role=Role.DEPUTY, deputises_for=member, authority=old)
    taken = hand_over_seat(seat, new, on=date(2026, 7, 1), by=None)
    assert [place.seat for place in roster(body, date(2026, 6, 30)).places] == [seat]
    (place,) = roster(body, date(2026, 7, 1)).places
    assert place.seat == taken
    assert place.member is not None
    assert (place.member.contact, place.member.on_behalf_of) == (member.contact, new)
    assert [(one.contact, one.deputises_for) for one in place.deputies] == [(deputy.contact, place.member)]


def test_only_an_authoritys_seat_passes_on(body: Body) -> None:
    with pytest.raises(ActionRefused, match="Only the seat of an authority"):
        hand_over_seat(SeatFactory(term=TermFactory(body=body)), AuthorityFactory(), on=date(2026, 7, 1), by=None)
