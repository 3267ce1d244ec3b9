"""The roster of a body on a date."""

from datetime import date
from typing import Any

import pytest
from tests.factories.councils import AuthorityFactory, BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.core import clock
from yhdys.councils.enums import BodyKind, QuorumRule, Represents, Role
from yhdys.councils.models import Body, Membership
from yhdys.councils.queries import earlier_terms, officers_of, roster, roster_dates, voting_members
from yhdys.keywords.models import Sector

pytestmark = pytest.mark.usefixtures("region")
NOW = clock.helsinki(2026, 11, 21, 12)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.at(NOW):
        yield


def test_members_stand_by_sector_with_deputies_and_offices() -> None:
    term = TermFactory()
    sector = Sector.objects.get(code="culture")
    seat = SeatFactory(term=term, represents=Represents.SECTOR, sector=sector, position=1)
    member = MembershipFactory(seat=seat)
    deputy = MembershipFactory(seat=seat, role=Role.DEPUTY, deputises_for=member)
    chair = MembershipFactory(seat=None, term=term, role=Role.CHAIR, contact=member.contact)
    town = SeatFactory(term=term, represents=Represents.AUTHORITY, authority=AuthorityFactory(), position=2)

    shown = roster(term.body)

    assert [group.key for group in shown.groups] == ["sector-culture", "authorities"]
    place = shown.groups[0].places[0]
    assert (place.member, place.deputies, place.offices) == (member, (deputy,), (chair,))
    assert [vacant.seat for vacant in shown.vacant] == [town]
    assert shown.officers == (chair,)
    assert shown.members == 1


def test_a_member_without_a_seat_is_listed_and_counted_once() -> None:
    term = TermFactory(body=BodyFactory(kind=BodyKind.OTHER))
    member = MembershipFactory(seat=None, term=term)
    shown = roster(term.body)
    assert [place.member for place in shown.places] == [member]
    assert voting_members(term.body) == 1


def test_the_roster_of_a_past_date_is_the_one_of_that_date() -> None:
    body = BodyFactory()
    old = MembershipFactory(
        seat=SeatFactory(term=TermFactory(body=body, start=date(2024, 1, 1), end=date(2025, 12, 31)))
    )
    new = MembershipFactory(seat=SeatFactory(term=TermFactory(body=body)))
    assert [place.member for place in roster(body, date(2025, 6, 1)).places] == [old]
    assert [place.member for place in roster(body).places] == [new]
    assert roster(body, date(2020, 1, 1)).is_empty
    assert [term.years for term in earlier_terms(body)] == ["2026–2027", "2024–2025"]
    assert roster_dates(body) == [date(2026, 1, 1), date(2024, 1, 1)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 21), None, True),
        (date(2026, 11, 22), None, False),
        (date(2026, 1, 1), date(2026, 11, 21), True),
        (date(2026, 1, 1), date(2026, 11, 20), False),
    ],
)
def test_both_end_dates_belong_to_a_membership(start: date, end: date | None, expected: bool) -> None:
    membership = MembershipFactory(start=start, end=end)
    assert Membership.objects.in_force().exists() is expected
    assert membership.holds_on(clock.today()) is expected


def test_a_membership_without_an_end_ends_with_its_term() -> None:
    MembershipFactory(seat=SeatFactory(term=TermFactory(start=date(2024, 1, 1), end=date(2025, 12, 31))))
    assert not Membership.objects.in_force().exists()
    assert Membership.objects.in_force(date(2025, 12, 31)).count() == 1


@pytest.mark.parametrize("rows", [1, 4])
def test_a_roster_takes_the_same_queries_whatever_its_size(rows: int, django_assert_num_queries: Any) -> None:
    term = TermFactory()
    for _row in range(rows):
        member = MembershipFactory(
            seat=SeatFactory(term=term), contact=ContactFactory(organisation=OrganisationFactory())
        )
        MembershipFactory(seat=member.seat, role=Role.DEPUTY, deputises_for=member)
    with django_assert_num_queries(4):
        for place in roster(term.body).places:
            assert place.seat is not None
            assert place.member is not None
            assert place.seat.name == str(place.seat.organisation)
            assert place.member.on_behalf_of == place.member.contact.organisation
            assert place.member.contact.public_email == place.member.contact.role_email
            assert [deputy.on_behalf_of for deputy in place.deputies] == [None]


def test_officers_come_in_the_order_of_their_offices() -> None:
    term = TermFactory()
    for role in (Role.COMMUNICATIONS, Role.CHAIR, Role.SECRETARY, Role.VICE_CHAIR):
        MembershipFactory(seat=None, term=term, role=role)
    assert [one.role for one in officers_of(term.body)] == ["chair", "vice_chair", "secretary", "communications"]


def test_who_has_no_address_is_found() -> None:
    silent = MembershipFactory(contact=ContactFactory(role_email=""))
    reached = MembershipFactory(contact=ContactFactory(role_email="", email="aino@example.org"))
    assert list(Membership.objects.unreachable()) == [silent]
    assert list(Membership.objects.reachable()) == [reached]


def test_the_regional_council_is_the_one_that_works() -> None:
    BodyFactory(ended_on=date(2020, 12, 31))
    council = BodyFactory()
    BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=council)
    assert Body.objects.regional_council() == council


def test_a_region_without_a_council_says_so() -> None:
    with pytest.raises(Body.DoesNotExist):
        Body.objects.regional_council()


@pytest.mark.parametrize(
    ("rule", "number", "members", "needed"),
    [
        (QuorumRule.MAJORITY, None, 10, 6),
        (QuorumRule.MAJORITY, None, 11, 6),
        (QuorumRule.HALF, None, 11, 6),
        (QuorumRule.HALF, None, 10, 5),
        (QuorumRule.THIRD, None, 10, 4),
        (QuorumRule.NUMBER, 7, 10, 7),
        (QuorumRule.NONE, None, 10, 0),
    ],
)
def test_quorum_is_counted_by_the_bodys_rule(rule: QuorumRule, number: int | None, members: int, needed: int) -> None:
    assert Body(quorum_rule=rule, quorum_number=number).quorum_of(members) == needed
