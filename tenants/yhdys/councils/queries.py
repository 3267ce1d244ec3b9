"""The roster of a body at any date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import pgettext

from yhdys.core import clock
from yhdys.councils.enums import OFFICERS, Represents, Role
from yhdys.councils.models import Body, HostPeriod, Membership, Seat, Term
from yhdys.tenancy.models import RegionalModel


@dataclass(frozen=True)
class Place:
    """One seat of a roster with those who hold it."""

    seat: Seat | None
    """None for a member of a body that has no seats, such as a working committee."""
    member: Membership | None
    deputies: tuple[Membership, ...] = ()
    offices: tuple[Membership, ...] = ()
    """What the same person is besides, such as chair."""

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds it."""
        return self.member is None


@dataclass(frozen=True)
class Group:
    """Seats that stand under one heading."""

    key: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Roster:
    """Who sat in a body on a date."""

    body: Body
    on: date
    term: Term | None
    officers: tuple[Membership, ...] = ()
    groups: tuple[Group, ...] = ()
    memberships: tuple[Membership, ...] = field(default=(), repr=False)

    @property
    def places(self) -> tuple[Place, ...]:
        """All seats, in the order of the page."""
        return tuple(place for group in self.groups for place in group.places)

    @property
    def vacant(self) -> tuple[Place, ...]:
        """Seats that nobody holds."""
        return tuple(place for place in self.places if place.is_vacant)

    @property
    def members(self) -> int:
        """How many people hold a seat; deputies not counted."""
        return len({place.member.contact_id for place in self.places if place.member is not None})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of that date."""
        return not self.memberships and not self.groups


def roster(body: Body, on: date | None = None, terms: Iterable[Term] | None = None) -> Roster:
    """The body's roster on a Finnish date, today by default: four queries, whatever its size.

    ``terms`` are all the body's, the newest first, if the caller has read them.
    """
    day = on or clock.today()
    term = Term.objects.of(body, on=day) if terms is None else next((one for one in terms if one.holds_on(day)), None)
    memberships = tuple(Membership.objects.filter(body=body).in_force(day).for_rosters())
    if term is None and not memberships:
        return Roster(body=body, on=day, term=None)
    seats = list(Seat.objects.filter(term=term).in_force(day).for_rosters()) if term is not None else []
    officers = tuple(one for one in memberships if one.role in OFFICERS)
    return Roster(
        body=body,
        on=day,
        term=term,
        officers=officers,
        groups=tuple(_groups(seats, memberships, officers)),
        memberships=memberships,
    )


def _groups(seats: list[Seat], memberships: tuple[Membership, ...], officers: tuple[Membership, ...]) -> list[Group]:
    offices: dict[object, list[Membership]] = {}
    for officer in officers:
        offices.setdefault(officer.contact_id, []).append(officer)
    places = []
    known = {seat.pk for seat in seats}
    for seat in seats:
        holders = [one for one in memberships if one.seat_id == seat.pk]
        sitting = [one for one in holders if one.role != Role.DEPUTY]
        deputies = tuple(one for one in holders if one.role == Role.DEPUTY)
        member = sitting[0] if sitting else None
        beside = tuple(o for o in offices.get(member.contact_id, ())) if member is not None else ()
        places.append((_heading(seat), Place(seat, member, deputies, beside)))
    seated = {one.contact_id for one in memberships if one.seat_id in known}
    for one in memberships:
        if one.seat_id in known or one.role in (*OFFICERS, Role.DEPUTY) or one.contact_id in seated:
            continue
        deputies = tuple(other for other in memberships if other.deputises_for_id == one.pk)
        heading = _expert_heading() if one.role == Role.EXPERT else ("members", pgettext("group of seats", "Members"))
        places.append((heading, Place(None, one, deputies, tuple(offices.get(one.contact_id, ())))))
    return [
        Group(key=key, name=name, places=tuple(place for _heading, place in together))
        for (key, name), together in groupby(_in_first_order(places), key=lambda pair: pair[0])
    ]


def _in_first_order(places: list[tuple[tuple[str, str], Place]]) -> list[tuple[tuple[str, str], Place]]:
    """Seats of one heading together, headings in the order in which they first appear."""
    order: dict[tuple[str, str], int] = {}
    for heading, _place in places:
        order.setdefault(heading, len(order))
    return sorted(places, key=lambda pair: order[pair[0]])


def _expert_heading() -> tuple[str, str]:
    return "experts", pgettext("group of seats", "Expert members")


def _heading(seat: Seat) -> tuple[str, str]:
    """The group of the roster in which a seat stands: sectors by name, officials and experts together."""
    if seat.sector is not None and seat.represents in (Represents.SECTOR, Represents.ORGANISATION, Represents.POST):
        return f"sector-{seat.sector.code}", seat.sector.name
    match seat.represents:
        case Represents.MUNICIPALITY | Represents.AUTHORITY | Represents.COUNTY:
            return "authorities", pgettext("group of seats", "Municipalities and authorities")
        case Represents.EXPERT:
            return _expert_heading()
        case Represents.BODY:
            return "bodies", pgettext("group of seats", "Other bodies")
        case Represents.POST:
            return "posts", pgettext("group of seats", "By post")
        case _:
            return "organisations", pgettext("group of seats", "Organisations")


def officers_of(body: Body, on: date | None = None) -> list[Membership]:
    """Chair, vice chair, secretary and communications officer in force on the date, in this order."""
    return list(Membership.objects.filter(body=body).officers().in_force(on).for_rosters())


def role_holders(body: Body, *roles: Role, on: date | None = None) -> list[Membership]:
    """Those in the given roles of the body on the date."""
    return list(Membership.objects.filter(body=body).with_role(*roles).in_force(on).listed())


def voting_members(body: Body, on: date | None = None) -> int:
    """How many people have a vote on the date: holders of voting seats, or in a body without seats its members."""
    in_force = Membership.objects.filter(body=body).in_force(on)
    with_vote = in_force.voting().values("contact").distinct().count()
    if with_vote:
        return with_vote
    deciding = in_force.filter(seat=None).with_role(Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER)
    return deciding.values("contact").distinct().count()


def host_of(body: Body, on: date | None = None) -> HostPeriod | None:
    """The host on the date; None for a body without one."""
    return HostPeriod.objects.filter(body=body).in_force(on).told().first()


def earlier_terms(body: Body) -> list[Term]:
    """Terms that have begun, the newest first: the rosters that a page can show."""
    return list(Term.objects.filter(body=body, start__lte=clock.today()).for_rosters())


def next_term(term: Term) -> Term | None:
    """The body's term after this one, as far as it is planned."""
    later: Term | None = Term.objects.filter(body=term.body_id, start__gt=term.start).order_by("start", "id").first()
    return later


def roster_dates(body: Body) -> list[date]:
    """The days on which the body's roster changed, the newest first, none in the future."""
    today = clock.today()
    starts = Membership.objects.filter(body=body, start__lte=today).values_list("start", flat=True)
    return sorted(set(starts), reverse=True)


def last_change(body: Body, *read: Iterable[RegionalModel]) -> datetime:
    """When a body, or who has ever sat in it, or any of the records that were ``read``, was last edited. One query."""
    members, seats = (
        of.order_by("-updated_at").values_list("updated_at", flat=True)[:1]
        for of in (Membership.objects.filter(body=body), Seat.objects.filter(term__body=body))
    )
    moments: list[datetime] = [body.updated_at, *members.union(seats, all=True)]
    return max([*moments, *(record.updated_at for records in read for record in records)])
