"""Meetings for tests; call them inside a region's context."""

from datetime import date, datetime, timedelta

import factory
from tests.factories.accounts import UserFactory, user_with_role
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.organisations import ContactFactory

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.councils.enums import Role
from yhdys.councils.models import Body, Membership, Term
from yhdys.meetings.actions import add_item, convene_meeting, hold_meeting
from yhdys.meetings.models import AgendaItem, Meeting

SOON = timedelta(days=20)


def in_days(days: int, hour: int = 14) -> datetime:
    """A moment by the Finnish wall clock, so many days from today."""
    day = clock.today() + timedelta(days=days)
    return clock.helsinki(day.year, day.month, day.day, hour)


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    """A draft that has all that a call needs but its agenda and its members."""

    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    title_fi = "Syyskokous"
    slug = factory.Sequence(lambda n: f"syyskokous-{n}")
    place_fi = "Porukkatalo"
    address = "Kauppakatu 1, Kouvola"
    starts_at = factory.LazyFunction(lambda: in_days(20))
    ends_at = factory.LazyFunction(lambda: in_days(20, 16))


class AgendaItemFactory(factory.django.DjangoModelFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    title_fi = factory.Sequence(lambda n: f"Asia {n}")


def member(term: Term, role: Role = Role.MEMBER, *, user: User | None = None, **contact: object) -> Membership:
    """Somebody in a role of the term's body; officers but the chair without a seat, the chair with one."""
    person = ContactFactory(user=user, **contact)
    if role in (Role.SECRETARY, Role.COMMUNICATIONS):
        return MembershipFactory(term=term, body=term.body, seat=None, contact=person, role=role)
    return MembershipFactory(term=term, body=term.body, seat=SeatFactory(term=term), contact=person, role=role)


def deputy_of(one: Membership, **contact: object) -> Membership:
    """A deputy for one member."""
    return MembershipFactory(
        term=one.term,
        body=one.body,
        seat=one.seat,
        contact=ContactFactory(**contact),
        role=Role.DEPUTY,
        deputises_for=one,
    )


def council(**body: object) -> Term:
    """A council in a long term, without anybody in it yet."""
    return TermFactory(body=BodyFactory(**body), start=date(2010, 1, 1), end=None)


def ready_meeting(members: int = 2, **meeting: object) -> Meeting:
    """A draft that can be convened: members with addresses and an agenda of two items."""
    term = council()
    for number in range(members):
        member(term, name=f"Jäsen {number}", role_email=f"jasen{number}@example.org")
    made = MeetingFactory(body=term.body, term=term, **meeting)
    add_item(made, by=None, title="Kokouksen avaus")
    add_item(made, by=None, title="Järjestöstrategia")
    return made


def convened_meeting(members: int = 2, **meeting: object) -> Meeting:
    """A meeting to which its members have been called."""
    return convene_meeting(ready_meeting(members, **meeting), by=None)


def held_meeting(members: int = 2) -> Meeting:
    """A meeting whose record is open: called two weeks before, held yesterday."""
    start = clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=1)
    with clock.at(start - timedelta(days=14)):
        made = convened_meeting(members, starts_at=start, ends_at=start + timedelta(hours=2))
    return hold_meeting(made, by=None)


def secretary_of(body: Body) -> User:
    """A user who is the body's secretary."""
    user = UserFactory()
    term = Term.objects.filter(body=body).first() or TermFactory(body=body, start=date(2010, 1, 1), end=None)
    member(term, Role.SECRETARY, user=user)
    return user


def staff(role: StaffRole.Role) -> User:
    """A user with a staff role of the region."""
    return user_with_role(role)
