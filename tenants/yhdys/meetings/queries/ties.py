"""What the rules that tie bodies together do, and what they would have done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from yhdys.core import clock
from yhdys.councils.enums import Represents, TermState
from yhdys.councils.models import Body, Membership, Representation, Seat
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.models import AgendaItem, Meeting, Naming
from yhdys.meetings.models.agenda import AgendaItemQuerySet
from yhdys.meetings.queries.calling import Recipient, Tie, concerned_by, recipients


@dataclass(frozen=True)
class Effect:
    """Whom a rule brings the papers of one meeting to."""

    meeting: Meeting
    items: int
    """How many items are on the agenda."""
    papers: int
    """How many papers go with them."""
    reached: tuple[Recipient, ...]
    """People who get the papers by this rule alone."""
    anyway: tuple[Recipient, ...]
    """People whom it names, and who get them for another reason as well."""

    @property
    def is_empty(self) -> bool:
        """Whether it names nobody on that day."""
        return not self.reached and not self.anyway


def effects_of(tie: Tie) -> list[Effect]:
    """What the rule, saved or only thought of, does at the body's next meeting and would have done at its last one.

    By the very queries that call people, so that a preview never tells anything else than the call. Cancelled meetings
    and those without a time are left out.
    """
    meetings = Meeting.objects.filter(body=tie.body_id, starts_at__isnull=False)
    meetings = meetings.exclude(state=MeetingState.CANCELLED).annotate(
        item_count=Count("agenda_items", distinct=True), paper_count=Count("papers", distinct=True)
    )
    tried = [meetings.upcoming().first(), meetings.past().first()]
    return [_effect(tie, meeting) for meeting in tried if meeting is not None]


def _effect(tie: Tie, meeting: Meeting) -> Effect:
    day = meeting.day or clock.today()
    others = {one.contact.pk: one for one in recipients(meeting, without=tie) if one.contact is not None}
    named = dict(concerned_by(tie, day))
    reached = {
        contact.pk: Recipient(contact.name, contact.mail_address, tie.brings, [why], contact=contact)
        for contact, why in named.items()
        if contact.pk not in others
    }
    return Effect(
        meeting=meeting,
        items=getattr(meeting, "item_count", 0),
        papers=getattr(meeting, "paper_count", 0),
        reached=tuple(reached.values()),
        anyway=tuple(others[contact.pk] for contact in named if contact.pk in others),
    )


def named_by(ties: Iterable[Tie], on: date) -> list[tuple[Tie, list[str]]]:
    """Each rule with the names of those whom it concerns on the day. Two queries, however many rules there are."""
    listed = list(ties)
    holders: dict[tuple[object, str], list[str]] = {}
    for one in Membership.objects.filter(body__in={tie.of_body_id for tie in listed}).in_force(on).listed():
        holders.setdefault((one.body_id, one.role), []).append(one.contact.name)
    return [(tie, holders.get((tie.of_body_id, tie.role), [])) for tie in listed]


@dataclass(frozen=True)
class Liaison:
    """A seat in one body that speaks for another, and who holds it today."""

    seat: Seat
    holders: tuple[Membership, ...]


def liaisons_of(body: Body) -> list[Liaison]:
    """Seats that speak for this body elsewhere and for others here, in terms that have not ended. Two queries."""
    seats = Seat.objects.filter(represents=Represents.BODY).in_force().exclude(term__state=TermState.ENDED)
    own = seats.filter(other_body=body) | seats.filter(term__body=body)
    listed = list(own.distinct().listed())
    held = list(Membership.objects.filter(seat__in=listed).in_force().listed())
    return [Liaison(seat, tuple(one for one in held if one.seat_id == seat.pk)) for seat in listed]


def items_that_may_name(representation: Representation) -> AgendaItemQuerySet:
    """Items of held meetings of the body that named the person, the latest meeting first."""
    held = AgendaItem.objects.filter(
        meeting__body=representation.body_id, meeting__state__in=[MeetingState.HELD, MeetingState.CLOSED]
    )
    found: AgendaItemQuerySet = held.select_related("meeting").order_by("-meeting__starts_at", "number")
    return found


def public_namings(representations: Iterable[Representation]) -> dict[object, AgendaItem]:
    """The public item at which each of them was named, by the key of the mandate. One query."""
    namings = Naming.objects.public().filter(representation__in=list(representations)).with_item()
    return {one.representation_id: one.item for one in namings}
