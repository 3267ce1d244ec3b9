"""Whether enough come, what is missing for the next step, and what of a meeting may be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from yhdys.core import clock
from yhdys.core.text import name_key
from yhdys.councils.enums import QuorumRule
from yhdys.councils.models import Body
from yhdys.councils.queries import voting_members
from yhdys.meetings.enums import Answer, InvitationRole, MeetingState, Presence, Publicity
from yhdys.meetings.models import (
    AgendaItem,
    Attendance,
    Invitation,
    Meeting,
    MeetingPractice,
    Paper,
)
from yhdys.meetings.models.meeting import MeetingQuerySet
from yhdys.meetings.models.practice import CALL_DAYS_BEFORE
from yhdys.meetings.queries.calling import WEIGHT, Recipient, recipients
from yhdys.meetings.queries.timetable import give_times
from yhdys.meetings.queries.year_plan import is_outside_terms

if TYPE_CHECKING:
    from yhdys.organisations.models import Contact


@dataclass(frozen=True)
class Present:
    """One line of an attendance list."""

    name: str
    presence: str = Presence.PRESENT
    role: str = InvitationRole.MEMBER
    contact: Contact | None = None
    organisation: str = ""
    in_place_of: str = ""
    votes: bool = False
    note: str = ""


# --- Whether enough come ---
@dataclass(frozen=True)
class Quorum:
    """How many with a vote are needed, have said that they come (or were there), and may still say so."""

    rule: str
    voters: int
    required: int
    sure: int
    open: int
    needs_chair: bool
    has_chair: bool

    @property
    def is_reached(self) -> bool:
        """Whether there is a quorum with those who are sure."""
        return self.sure >= self.required and (self.has_chair or not self.needs_chair)

    @property
    def is_possible(self) -> bool:
        """Whether there can still be one."""
        return self.sure + self.open >= self.required

    @property
    def is_asked(self) -> bool:
        """Whether the body has a rule at all."""
        return self.rule != QuorumRule.NONE


_CHAIRS = {InvitationRole.CHAIR, InvitationRole.VICE_CHAIR}


def quorum_outlook(meeting: Meeting, invitations: Iterable[Invitation]) -> Quorum:
    """The quorum as the answers promise it."""
    coming = {Answer.ATTENDING, Answer.REMOTE}
    listed = list(invitations)
    return _quorum(
        meeting,
        sure=sum(one.votes and one.answer in {*coming, Answer.DEPUTY} for one in listed),
        open_=sum(one.votes and one.answer == Answer.UNANSWERED for one in listed),
        has_chair=any(one.role in _CHAIRS and one.answer in coming for one in listed),
    )


def quorum_of(meeting: Meeting, attendances: Iterable[Attendance]) -> Quorum:
    """The quorum as it was, from those who were there."""
    there = [one for one in attendances if one.is_there]
    return _quorum(
        meeting,
        sure=sum(one.votes for one in there),
        open_=0,
        has_chair=any(one.role in _CHAIRS for one in there),
    )


def _quorum(meeting: Meeting, *, sure: int, open_: int, has_chair: bool) -> Quorum:
    body: Body = meeting.body
    voters = voting_members(body, meeting.day)
    required = meeting.quorum_required if meeting.quorum_required is not None else body.quorum_of(voters)
    return Quorum(body.quorum_rule, voters, required, sure, open_, body.quorum_needs_chair, has_chair)


# --- What is missing for the next step ---
@dataclass(frozen=True)
class Missing:
    """Something that must be mended first: a sentence, and the part of the desk where it is done."""

    text: str
    part: str


def missing_for_call(meeting: Meeting, called: list[Recipient] | None = None) -> list[Missing]:
    """Why the meeting cannot be convened now; empty when it can.

    Domain rule: not without time, place or link, agenda, and somebody who can be written to.
    """
    found = []
    if meeting.starts_at is None:
        found.append(Missing(_("Give the meeting a day and a time."), "basics"))
    elif meeting.has_begun:
        found.append(Missing(_("The time of the meeting has passed. Give it a new time."), "basics"))
    elif meeting.day is not None and is_outside_terms(meeting.body, meeting.day):
        found.append(
            Missing(
                _("The day of the meeting is in none of the body’s terms. Choose another, or add the term."), "basics"
            )
        )
    if not meeting.has_place:
        found.append(Missing(_("Give a place, or a link for taking part remotely."), "basics"))
    if not meeting.agenda_items.exists():
        found.append(Missing(_("Put at least one item on the agenda."), "agenda"))
    if not any(one.email for one in (recipients(meeting) if called is None else called)):
        found.append(
            Missing(
                _("Nobody can be called: give the members of {body} e-mail addresses.").format(body=meeting.body),
                "call",
            )
        )
    return found


def missing_for_closing(meeting: Meeting) -> list[Missing]:
    """Why a held meeting cannot be closed now: an item without an outcome (domain rule)."""
    return [
        Missing(_("Record the outcome of {number} § {title}.").format(number=item.number, title=item.title), "agenda")
        for item in AgendaItem.objects.filter(meeting=meeting).undecided().order_by("number")
    ]


def call_due(meeting: Meeting) -> date | None:
    """The day by which the call should be out by the body's own rule; None while there is no time."""
    return meeting.day - timedelta(days=practice_of(meeting.body).call_days_before) if meeting.day else None


def practice_of(body: Body) -> MeetingPractice:
    """The body's habits; the common ones, unsaved, where it has told none."""
    kept = MeetingPractice.objects.filter(body=body).first()
    return kept or MeetingPractice(body=body, call_days_before=CALL_DAYS_BEFORE)


# --- The public ---
def public_meetings() -> MeetingQuerySet:
    """Meetings in the public calendar, with what a list shows; unordered."""
    found: MeetingQuerySet = Meeting.objects.announced().for_lists()
    return found


def bodies_with_public_meetings() -> list[Body]:
    """Bodies that have a meeting in the public calendar, in the order of their lists."""
    return list(Body.objects.listed().filter(pk__in=Meeting.objects.announced().values("body")))


def public_years(body: Body | None = None) -> list[int]:
    """The Finnish years that have public meetings, of one body or of all, the latest first."""
    starts = Meeting.objects.announced().exclude(starts_at=None)
    if body is not None:
        starts = starts.filter(body=body)
    return [moment.year for moment in starts.datetimes("starts_at", "year", order="DESC", tzinfo=clock.HELSINKI)]


def open_states() -> list[str]:
    """States of meetings that are still to come."""
    return [MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.RESCHEDULED]


# --- What an invited person may read ---
def agenda_for(invitation: Invitation, items: list[AgendaItem] | None = None) -> list[AgendaItem]:
    """The agenda as the invited person may see it: a guest gets the public items and the one they come for.

    ``items`` is the whole agenda, if the caller has it already.
    """
    if items is None:
        items = list(AgendaItem.objects.filter(meeting=invitation.convocation.meeting_id).for_reading())
    if invitation.role != InvitationRole.GUEST:
        return items
    own = invitation.guest.item_id if invitation.guest is not None else None
    return [item for item in items if item.is_public or item.pk == own]


def may_read_paper(invitation: Invitation, paper: Paper) -> bool:
    """Whether the invited person may open the paper: theirs are those of the agenda that they see."""
    if paper.meeting_id != invitation.convocation.meeting_id:
        return False
    if invitation.role != InvitationRole.GUEST:
        return True
    if paper.item_id is None:
        return paper.publicity == Publicity.PUBLIC
    own = invitation.guest is not None and invitation.guest.item_id == paper.item_id
    return own or (paper.publicity == Publicity.PUBLIC and paper.item is not None and paper.item.is_public)


# --- The written record ---
def record_of(meeting: Meeting, *, public: bool = False) -> dict[str, Any]:
    """What the record of a meeting shows: minutes, attendance by role, and the items with their decisions.

    ``public`` leaves out the items that are for the members only and says how many they are.
    """
    minutes = getattr(meeting, "minutes", None)
    agenda = AgendaItem.objects.filter(meeting=meeting)
    if minutes is not None or not public:
        agenda = agenda.with_record()
    told = agenda.for_pages() if public else agenda.for_reading()
    items = list(told.prefetch_related("assignments__contact"))
    give_times(meeting, items)
    shown = [item for item in items if item.is_public] if public else items
    attendances = sorted(
        meeting.attendances.all(), key=lambda one: (WEIGHT[InvitationRole(one.role)], name_key(one.name))
    )
    return {
        "meeting": meeting,
        "minutes": minutes,
        "items": shown,
        "left_out": len(items) - len(shown),
        "there": [one for one in attendances if one.is_there],
        "absent": [one for one in attendances if not one.is_there],
        "quorum": quorum_of(meeting, attendances) if attendances else None,
        "corrections": list(minutes.corrections.all()) if minutes is not None else [],
        "checks": list(minutes.checks.select_related("contact")) if minutes is not None else [],
    }


def attendance_draft(meeting: Meeting) -> list[Present]:
    """The attendance list to be filled in: what has been written, else what the answers promised."""
    written = list(meeting.attendances.select_related("contact"))
    if written:
        lines = [
            Present(
                name=one.name,
                presence=one.presence,
                role=one.role,
                contact=one.contact,
                organisation=one.organisation,
                in_place_of=one.in_place_of,
                votes=one.votes,
                note=one.note,
            )
            for one in written
        ]
    else:
        lines = _promised(meeting)
    return sorted(lines, key=lambda line: (WEIGHT[InvitationRole(line.role)], name_key(line.name)))


def _promised(meeting: Meeting) -> list[Present]:
    invitations = list(
        Invitation.objects.current()
        .for_desk()
        .filter(convocation__meeting=meeting)
        .exclude(role=InvitationRole.COPY)
        .select_related("contact__organisation", "membership__organisation", "membership__authority")
    )
    coming_for = {one.deputy_id: one for one in invitations if one.answer == Answer.DEPUTY}
    said = {
        Answer.ATTENDING: Presence.PRESENT,
        Answer.REMOTE: Presence.REMOTE,
        Answer.DECLINED: Presence.EXCUSED,
        Answer.DEPUTY: Presence.EXCUSED,
        Answer.UNANSWERED: Presence.ABSENT,
    }
    lines = []
    for one in invitations:
        whose = coming_for.get(one.contact_id) if one.contact_id is not None else None
        if one.role == InvitationRole.DEPUTY and whose is None and one.answer == Answer.UNANSWERED:
            continue  # A deputy who was told for information only and was not asked to come.
        promised = said[Answer(one.answer)]
        if whose is not None and promised == Presence.ABSENT:
            promised = Presence.PRESENT
        on_behalf = one.membership.on_behalf_of if one.membership is not None else None
        organisation = on_behalf or (one.contact.organisation if one.contact is not None else None)
        lines.append(
            Present(
                name=one.name,
                presence=promised,
                role=one.role,
                contact=one.contact,
                organisation=str(organisation or (one.reason if one.guest_id else "")),
                in_place_of=whose.name if whose is not None else "",
                votes=one.votes or (whose is not None and whose.votes),
                note="",
            )
        )
    return lines


def next_turn(after: datetime) -> datetime | None:
    """When a meeting next begins, or is over, after a moment; None when nothing is ahead."""
    ahead = Meeting.objects.aggregate(
        begins=Min("starts_at", filter=Q(starts_at__gt=after)), ends=Min("ends_at", filter=Q(ends_at__gt=after))
    )
    return min((moment for moment in ahead.values() if moment is not None), default=None)
