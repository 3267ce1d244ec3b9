"""What of the councils waits for whom."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory
from tests.factories.people import staff, user

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.councils.enums import Role, TermState
from yhdys.councils.models import Body, Term
from yhdys.councils.todo import terms, vacant_seats

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(clock.helsinki(2026, 11, 21, 12)):
        yield


@pytest.fixture
def body(region: Any) -> Body:
    return BodyFactory()


def secretary(body: Body, term: Term) -> User:
    who = user()
    MembershipFactory(seat=None, term=term, role=Role.SECRETARY, contact=ContactFactory(user=who))
    return who


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"end": date(2027, 12, 31)}, []),
        ({"end": date(2027, 2, 28)}, [("Plan the next term", date(2027, 2, 28))]),
        ({"end": None, "is_pilot": True, "review_on": date(2026, 12, 31)}, [("Review the pilot", date(2026, 12, 31))]),
        ({"end": None, "is_pilot": True, "review_on": date(2027, 6, 1)}, []),
        ({"end": None, "is_pilot": True, "review_on": date(2026, 12, 31), "state": TermState.UNDER_REVIEW}, []),
        (
            {"start": date(2026, 11, 1), "end": None, "state": TermState.PLANNED},
            [("Start the term 2026–", date(2026, 11, 1))],
        ),
        ({"end": date(2026, 11, 20)}, [("End the term 2026", date(2026, 11, 20))]),
        ({"end": date(2026, 11, 20), "state": TermState.ENDED}, []),
    ],
)
def test_a_term_asks_for_its_next_step(body: Body, fields: dict[str, Any], expected: list[Any]) -> None:
    TermFactory(body=body, **fields)
    administrator = staff(StaffRole.Role.ADMINISTRATOR)
    assert [(todo.title, todo.due) for todo in terms(administrator)] == expected
    assert list(terms(user())) == []


def test_the_next_term_is_asked_for_until_it_is_planned(body: Body) -> None:
    term = TermFactory(body=body, end=date(2026, 12, 31))
    who = secretary(body, term)
    assert [todo.title for todo in terms(who)] == ["Plan the next term"]
    TermFactory(body=body, start=date(2027, 1, 1), state=TermState.PLANNED)
    assert [todo.title for todo in terms(who)] == []


def test_vacant_seats_are_told_once_for_each_body(body: Body) -> None:
    term = TermFactory(body=body)
    who = secretary(body, term)
    assert list(vacant_seats(who)) == []
    empty = SeatFactory(term=term)
    assert [todo.title for todo in vacant_seats(who)] == ["Appoint a member to a vacant seat"]
    SeatFactory(term=term)
    SeatFactory(term=term, end=date(2026, 6, 30))
    MembershipFactory(seat=SeatFactory(term=term))
    assert [todo.title for todo in vacant_seats(who)] == ["Appoint members to 2 vacant seats"]
    MembershipFactory(seat=empty, end=date(2026, 6, 30))
    assert [todo.title for todo in vacant_seats(who)] == ["Appoint members to 2 vacant seats"]
    assert list(vacant_seats(user())) == []
