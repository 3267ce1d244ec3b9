"""The state of a region's councils on any day, counted from records that are fetched once for all days.

``queries.roster`` tells who sat in one body on one day, for a page; this counts, for hundreds of days at a time.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from functools import cached_property
from uuid import UUID

from yhdys.councils.enums import OFFICERS, BodyKind, Role
from yhdys.councils.models import Body, Membership, Seat, Term
from yhdys.councils.models.periods import holds


class CouncilsOverTime:
    """Bodies, seats and holders by day (Finnish dates). Each kind of record is fetched once, when first asked for."""

    @cached_property
    def _bodies(self) -> list[Body]:
        """In the order in which one of several regional councils is the region's own."""
        fields = ("id", "kind", "founded_on", "founded_year", "ended_on", "position")
        listed = list(Body.objects.order_by("position", "id").only(*fields))
        return sorted(listed, key=lambda body: body.ended_on or date.max, reverse=True)

    @cached_property
    def _terms(self) -> list[Term]:
        """The latest first: where two overlap, the later one holds."""
        return list(Term.objects.order_by("-start").only("id", "body_id", "start", "end"))

    @cached_property
    def _seats(self) -> dict[UUID, list[Seat]]:
        return _grouped((seat.term_id, seat) for seat in Seat.objects.only("id", "term_id", "start", "end"))

    @cached_property
    def _memberships(self) -> dict[UUID, list[Membership]]:
        """Deputies are left out: they sit only in another's place."""
        fields = ("id", "body_id", "seat_id", "contact_id", "role", "start", "end", "term__start", "term__end")
        listed = Membership.objects.exclude(role=Role.DEPUTY).select_related("term").only(*fields)
        return _grouped((one.body_id, one) for one in listed)

    @property
    def began(self) -> date | None:
        """The first day of which anything is known; None in a region without a body."""
        days = [day for body in self._bodies if (day := _begun(body)) is not None]
        return min([*days, *(term.start for term in self._terms)], default=None)

    def bodies(self, day: date) -> int:
        """How many bodies were at work."""
        return sum(_at_work(body, day) for body in self._bodies)

    def seats(self, day: date) -> int | None:
        """Seats of the council's term; None on a day without a council or a term."""
        seats = self._seats_on(day)
        return None if seats is None else len(seats)

    def vacant_seats(self, day: date) -> int | None:
        """Those that nobody held; None as above."""
        seats, council = self._seats_on(day), self._council_on(day)
        if seats is None or council is None:
            return None
        held = {one.seat_id for one in self._sitting(council, day)}
        return sum(seat.pk not in held for seat in seats)

    def members(self, day: date) -> int | None:
        """People in the council: who held a seat, and those without one who were more than officers; None as above."""
        seats, council = self._seats_on(day), self._council_on(day)
        if seats is None or council is None:
            return None
        there = {seat.pk for seat in seats}
        return len({
            one.contact_id
            for one in self._sitting(council, day)
            if one.seat_id in there or one.role not in OFFICERS
        })  # fmt: skip

    def _council_on(self, day: date) -> Body | None:
        councils = (body for body in self._bodies if body.kind == BodyKind.REGIONAL_COUNCIL)
        return next((body for body in councils if _at_work(body, day)), None)

    def _seats_on(self, day: date) -> list[Seat] | None:
        council = self._council_on(day)
        if council is None:
            return None
        running = (term for term in self._terms if term.body_id == council.pk and term.holds_on(day))
        term = next(running, None)
        if term is None:
            return None
        return [seat for seat in self._seats.get(term.pk, []) if holds(seat.start, seat.end, day)]

    def _sitting(self, council: Body, day: date) -> list[Membership]:
        """Who was in office: none longer than their term."""
        listed = self._memberships.get(council.pk, [])
        return [one for one in listed if holds(one.start, one.end, day) and holds(None, one.term.end, day)]


def _begun(body: Body) -> date | None:
    """Its founding day, as far as it is known."""
    if body.founded_on is not None:
        return body.founded_on
    year = body.founded_year or 0
    return date(year, 1, 1) if MINYEAR <= year <= MAXYEAR else None


def _at_work(body: Body, day: date) -> bool:
    return holds(_begun(body), body.ended_on, day)


def _grouped[R](pairs: Iterable[tuple[UUID, R]]) -> dict[UUID, list[R]]:
    found: dict[UUID, list[R]] = {}
    for key, record in pairs:
        found.setdefault(key, []).append(record)
    return found
