"""Users in every position that a right can come from."""

from datetime import date, timedelta

from tests.factories.councils import BodyFactory, MembershipFactory, TermFactory
from tests.factories.organisations import ContactFactory

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.councils.enums import BodyKind, Role
from yhdys.councils.models import Body, Term

LONG = timedelta(days=3650)

PHASES = ("past", "present", "future")
"""When a role is held, seen from today."""


def dates(phase: str) -> tuple[date, date | None]:
    """First and last day of a role in this phase."""
    today = clock.today()
    return {
        "past": (today - timedelta(days=30), today - timedelta(days=1)),
        "present": (today - timedelta(days=30), today),
        "future": (today + timedelta(days=1), today + timedelta(days=30)),
    }[phase]


def user(name: str = "Kaisa Käyttäjä") -> User:
    """Somebody who can sign in and holds no role."""
    number = User.objects.count()
    return User.objects.create_user(f"kayttaja{number}@example.org", name=name)


def staff(role: StaffRole.Role, phase: str = "present") -> User:
    """A user with a staff role."""
    start, end = dates(phase)
    who = user()
    StaffRole.objects.create(user=who, role=role, start=start, end=end)
    return who


def long_term(body: Body) -> Term:
    """A term of the body that holds every phase of a role."""
    term = Term.objects.filter(body=body).first()
    return term or TermFactory(body=body, start=clock.today() - LONG, end=clock.today() + LONG)


def in_body(body: Body, role: Role, phase: str = "present") -> User:
    """A user with a role in the body."""
    start, end = dates(phase)
    who = user()
    contact = ContactFactory(user=who)
    MembershipFactory(seat=None, term=long_term(body), contact=contact, role=role, start=start, end=end)
    return who


def in_committee_of(body: Body, phase: str = "present") -> User:
    """A member of the body's working committee."""
    committee = Body.objects.filter(kind=BodyKind.WORKING_COMMITTEE, parent=body).first()
    return in_body(committee or BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=body), Role.MEMBER, phase)


def convener(body: Body) -> User:
    """The convener of the body's term, before its constitutive meeting."""
    who = user()
    term = long_term(body)
    term.convener = ContactFactory(user=who)
    term.save(update_fields=["convener"])
    return who


def everybody(body: Body, phase: str = "present") -> dict[str, User]:
    """One user for each position, by a name for the position."""
    positions: dict[str, User] = {str(role.value): in_body(body, role, phase) for role in Role}
    positions |= {str(role.value): staff(role, phase) for role in StaffRole.Role}
    positions["committee"] = in_committee_of(body, phase)
    positions["elsewhere"] = in_body(BodyFactory(kind=BodyKind.OTHER), Role.SECRETARY, phase)
    positions["nobody"] = user()
    return positions


def allowed_to(people: dict[str, User], permission: str, obj: object) -> set[str]:
    """The positions that have the permission."""
    from yhdys.core import access

    return {name for name, who in people.items() if access.allowed(who, permission, obj)}
