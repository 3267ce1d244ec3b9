"""Appointing, ending and replacing members."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.councils import AuthorityFactory, BodyFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import user

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.actions import appoint, end_membership, replace
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership, Seat, Term

pytestmark = pytest.mark.usefixtures("region")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(clock.helsinki(2026, 11, 21, 12)):
        yield


@pytest.fixture
def term(region: Any) -> Term:
    return TermFactory(start=date(2026, 1, 1), end=date(2027, 12, 31))


def appointed(seat: Seat, role: Role = Role.MEMBER, **more: Any) -> Membership:
    return appoint(
        term=seat.term, seat=seat, contact=more.pop("contact", None) or ContactFactory(), role=role, by=None, **more
    )


def test_a_member_sits_for_the_seats_organisation_the_whole_term(term: Term) -> None:
    seat = SeatFactory(term=term)
    who = user("Sihteeri Sanni")
    membership = appoint(term=term, seat=seat, contact=ContactFactory(name="Aino Jäsen"), role=Role.MEMBER, by=who)
    membership.refresh_from_db()
    assert (membership.start, membership.end) == (term.start, term.end)
    assert membership.on_behalf_of == seat.organisation
    entry = Entry.objects.about(term.body).get()
    assert (entry.verb, entry.actor_name, entry.details["name"]) == ("member_appointed", "Sihteeri Sanni", "Aino Jäsen")


def test_somebody_may_sit_for_another_organisation_than_the_seats(term: Term) -> None:
    other = OrganisationFactory()
    assert appointed(SeatFactory(term=term), organisation=other).on_behalf_of == other


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), date(2028, 1, 1)),
        (date(2028, 1, 1), date(2028, 2, 1)),
        (date(2026, 5, 1), date(2026, 4, 30)),
    ],
)
def test_dates_outside_the_term_are_refused(term: Term, start: date, end: date | None) -> None:
    with pytest.raises(ActionRefused):
        appointed(SeatFactory(term=term), start=start, end=end)
    assert not Membership.objects.exists()
    assert not Entry.objects.exists()


def test_dates_outside_the_seat_are_refused(term: Term) -> None:
    seat = SeatFactory(term=term, start=date(2026, 6, 1))
    with pytest.raises(ActionRefused, match="does not exist for the whole time"):
        appointed(seat)
    assert appointed(seat, start=date(2026, 6, 1)).pk


def test_one_person_holds_one_seat_of_a_body(term: Term) -> None:
    aino = ContactFactory(name="Aino Jäsen")
    first = appointed(SeatFactory(term=term), contact=aino, end=date(2026, 6, 30))
    with pytest.raises(ActionRefused, match="Aino Jäsen has a seat in this body"):
        appointed(SeatFactory(term=term), contact=aino, start=date(2026, 6, 30))
    with pytest.raises(ActionRefused, match="Aino Jäsen has a seat in this body"):
        appointed(SeatFactory(term=term), contact=aino, role=Role.EXPERT, start=date(2026, 6, 30))
    assert first.end is not None
    assert appointed(SeatFactory(term=term), contact=aino, start=first.end + DAY).pk
    elsewhere = SeatFactory(term=TermFactory(body=BodyFactory(kind="other")))
    assert appointed(elsewhere, contact=aino).pk


def test_one_seat_has_one_holder(term: Term) -> None:
    seat = SeatFactory(term=term)
    appointed(seat, contact=ContactFactory(name="Aino Jäsen"), end=date(2026, 6, 30))
    with pytest.raises(ActionRefused, match="Aino Jäsen holds this seat at that time"):
        appointed(seat, start=date(2026, 6, 30))
    assert appointed(seat, start=date(2026, 7, 1)).pk


def test_a_seat_of_another_term_is_refused(term: Term) -> None:
    seat = SeatFactory(term=TermFactory(body=term.body, start=date(2028, 1, 1), end=None))
    with pytest.raises(ActionRefused, match="belongs to another term"):
        appoint(term=term, seat=seat, contact=ContactFactory(), role=Role.MEMBER, by=None)


def test_a_member_of_a_body_with_seats_needs_one(term: Term) -> None:
    SeatFactory(term=term)
    with pytest.raises(ActionRefused, match="Choose the seat"):
        appoint(term=term, seat=None, contact=ContactFactory(), role=Role.MEMBER, by=None)


def test_a_body_without_seats_has_members_once_each(term: Term) -> None:
    aino = ContactFactory(name="Aino Jäsen")
    appoint(term=term, seat=None, contact=aino, role=Role.MEMBER, by=None)
    with pytest.raises(ActionRefused, match="Aino Jäsen is in this body"):
        appoint(term=term, seat=None, contact=aino, role=Role.EXPERT, by=None)
    assert appoint(term=term, seat=None, contact=aino, role=Role.CHAIR, by=None).pk


def test_an_office_has_one_holder_and_may_come_from_outside(term: Term) -> None:
    SeatFactory(term=term)
    centre = OrganisationFactory()
    first = appoint(
        term=term, seat=None, contact=ContactFactory(name="Sanna S"), role=Role.SECRETARY, organisation=centre, by=None
    )
    assert first.on_behalf_of == centre
    with pytest.raises(ActionRefused, match="Sanna S is the secretary at that time"):
        appoint(term=term, seat=None, contact=ContactFactory(), role=Role.SECRETARY, start=date(2027, 1, 1), by=None)
    end_membership(first, on=date(2026, 12, 31), by=None)
    assert appoint(
        term=term, seat=None, contact=ContactFactory(), role=Role.SECRETARY, start=date(2027, 1, 1), by=None
    ).pk


def test_a_deputy_stands_in_for_whoever_holds_the_seat(term: Term) -> None:
    seat = SeatFactory(term=term)
    with pytest.raises(ActionRefused, match="A vacant seat has no deputy"):
        appointed(seat, Role.DEPUTY)
    member = appointed(seat)
    deputy = appointed(seat, Role.DEPUTY)
    assert deputy.deputises_for == member
    with pytest.raises(ActionRefused, match="holder of the same seat"):
        appointed(SeatFactory(term=term), Role.DEPUTY, deputises_for=member)
    with pytest.raises(ActionRefused, match="Only a deputy"):
        appointed(SeatFactory(term=term), deputises_for=member)


def test_a_deputy_of_a_seat_that_has_become_vacant_is_refused(term: Term) -> None:
    seat = SeatFactory(term=term)
    end_membership(appointed(seat), on=date(2026, 6, 30), by=None)
    with pytest.raises(ActionRefused, match="A vacant seat has no deputy"):
        appointed(seat, Role.DEPUTY, start=date(2026, 7, 1))


def test_a_membership_ends_within_its_time(term: Term) -> None:
    membership = appointed(SeatFactory(term=term), start=date(2026, 2, 1))
    for wrong in (date(2026, 1, 31), date(2028, 1, 1)):
        with pytest.raises(ActionRefused):
            end_membership(membership, on=wrong, by=None)
    ended = end_membership(membership, on=date(2026, 6, 30), by=user("Sanni"))
    assert ended.end == date(2026, 6, 30)
    assert Entry.objects.about(membership).first().verb == "ended"  # type: ignore[union-attr]  # it is there


def test_a_longer_membership_does_not_run_into_the_next(term: Term) -> None:
    seat = SeatFactory(term=term)
    first = appointed(seat, end=date(2026, 6, 30))
    appointed(seat, start=date(2026, 9, 1))
    with pytest.raises(ActionRefused, match="holds this seat"):
        end_membership(first, on=date(2026, 9, 1), by=None)
    assert end_membership(first, on=date(2026, 8, 31), by=None).end == date(2026, 8, 31)


def test_a_replacement_goes_on_where_the_other_stopped_with_the_same_deputy(term: Term) -> None:
    seat = SeatFactory(term=term)
    old = appointed(seat)
    deputy = appointed(seat, Role.DEPUTY, contact=ContactFactory(name="Ville Varalla"))
    new = replace(old, ContactFactory(name="Uusi Jäsen"), start=date(2026, 9, 1), by=None)
    old.refresh_from_db()
    deputy.refresh_from_db()
    assert (old.end, new.start, new.end, new.on_behalf_of) == (
        date(2026, 8, 31),
        date(2026, 9, 1),
        term.end,
        seat.organisation,
    )
    assert deputy.end == date(2026, 8, 31)
    goes_on = Membership.objects.get(deputises_for=new)
    assert (goes_on.contact, goes_on.start, goes_on.end) == (deputy.contact, date(2026, 9, 1), term.end)


def test_a_deputy_who_becomes_the_member_is_a_deputy_no_longer(term: Term) -> None:
    seat = SeatFactory(term=term)
    old = appointed(seat)
    deputy = appointed(seat, Role.DEPUTY)
    new = replace(old, deputy.contact, start=date(2026, 9, 1), by=None)
    assert list(Membership.objects.filter(seat=seat).in_force(date(2026, 9, 1))) == [new]


def test_nobody_is_replaced_before_or_after_their_time(term: Term) -> None:
    member = appointed(SeatFactory(term=term), start=date(2026, 2, 1), end=date(2026, 6, 30))
    for wrong in (date(2026, 2, 1), date(2026, 7, 1)):
        with pytest.raises(ActionRefused, match="replaced while they are in office"):
            replace(member, ContactFactory(), start=wrong, by=None)


def test_a_refused_replacement_changes_nothing(term: Term) -> None:
    seat = SeatFactory(term=term)
    old = appointed(seat)
    seated = appointed(SeatFactory(term=term))
    with pytest.raises(ActionRefused, match="has a seat in this body"):
        replace(old, seated.contact, start=date(2026, 9, 1), by=None)
    old.refresh_from_db()
    assert old.end == term.end


def test_an_authority_is_represented_by_its_officials(term: Term) -> None:
    authority = AuthorityFactory()
    seat = SeatFactory(term=term, represents="authority", authority=authority, organisation=None)
    assert appointed(seat).on_behalf_of == authority
