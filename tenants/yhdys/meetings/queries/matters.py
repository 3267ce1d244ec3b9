"""What waits to be taken onto an agenda: items of earlier meetings, and matters of other modules."""

from dataclasses import dataclass
from typing import Any

from yhdys.councils.models import Settlement
from yhdys.meetings.enums import MeetingState, Outcome
from yhdys.meetings.matters import Matter, Provider, providers, source_of
from yhdys.meetings.models import AgendaItem, Meeting
from yhdys.meetings.models.agenda import AgendaItemQuerySet
from yhdys.meetings.names import CLOSED_TABLED


@dataclass(frozen=True)
class Offer:
    """The matters that one module brings."""

    provider: Provider
    matters: list[Matter]


def items_waiting(meeting: Meeting) -> list[AgendaItem]:
    """Items that the body tabled or returned at its other meetings; the earliest first. One query."""
    return list(waiting_items(meeting.body_id).exclude(meeting=meeting).select_related("meeting"))


def waiting_items(body: Any) -> AgendaItemQuerySet:
    """Items that meetings of the body tabled or returned and none has taken up, but for those closed with a term."""
    closed = Settlement.objects.closed(CLOSED_TABLED).values("about")
    waiting: AgendaItemQuerySet = AgendaItem.objects.waiting_for(body).exclude(pk__in=closed)
    return waiting


def waiting_tabled_items(body: Any) -> AgendaItemQuerySet:
    """Those of them that were tabled to the next meeting."""
    return waiting_items(body).filter(outcome=Outcome.TABLED)


def matters_waiting(meeting: Meeting) -> list[Offer]:
    """What other modules bring to the body and no meeting of it has taken up; modules without a matter are left out."""
    known = providers()
    if not known:
        return []
    items = AgendaItem.objects.filter(meeting__body=meeting.body_id).exclude(source="")
    taken = set(items.exclude(meeting__state=MeetingState.CANCELLED).values_list("source", flat=True))
    offers = [
        Offer(one, [m for m in one.waiting(meeting.body) if source_of(one.key, m.reference) not in taken])
        for one in known
    ]
    return [offer for offer in offers if offer.matters]
