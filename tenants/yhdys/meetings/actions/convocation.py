"""Calling people to a meeting, telling them that it moves or is cancelled, and taking their answers."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yhdys.audit.actions import ByName, record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.mail.actions import send_again
from yhdys.meetings import emails
from yhdys.meetings.actions.common import By
from yhdys.meetings.actions.documents import write_soon
from yhdys.meetings.actions.meeting import rename
from yhdys.meetings.enums import Answer, AnsweredBy, ConvocationKind, InvitationRole, MeetingState
from yhdys.meetings.models import AgendaItem, Announcement, Convocation, Guest, Invitation, Meeting, Move
from yhdys.meetings.queries import Recipient, deputies_for, missing_for_call, present_invitation, recipients
from yhdys.meetings.workflow import advance
from yhdys.organisations.models import Contact
from yhdys.overview.actions import push_soon
from yhdys.tenancy import outbox

SEND_ROUND = "meetings.send_round"
TELL_DEPUTY = "meetings.tell_deputy"


@transaction.atomic
def convene_meeting(meeting: Meeting, *, by: By, text: str = "") -> Meeting:
    """Call everybody whom the meeting concerns. The letters leave only after commit.

    ``text`` are covering words, plain. Raises ActionRefused without time, place or link, agenda, or anybody who can be
    written to (domain rule), with every sentence of what is missing.
    """
    meeting = locked(meeting)
    called = recipients(meeting)
    if missing := missing_for_call(meeting, called):
        raise ActionRefused(" ".join(one.text for one in missing))
    advance(meeting, MeetingState.CONVENED, reason="")
    convocation = _round(meeting, ConvocationKind.CALL, called, text=text, by=by)
    _made, announced = Announcement.objects.get_or_create(meeting=meeting, defaults={"announced_by": by})
    record(
        meeting, "convened", by=by, sequence=convocation.sequence, called=len(called),
        without_address=sum(not one.email for one in called), announced=announced,
    )  # fmt: skip
    push_soon()
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: By) -> Meeting:
    """The meeting will not be held; its agenda stays, and whoever was called is told why.

    Raises ActionRefused without a reason, and for a meeting that has been held.
    """
    meeting = locked(meeting)
    reason = _reason(reason)
    was_called = meeting.convocations.exists()
    advance(meeting, MeetingState.CANCELLED, reason=reason)
    if was_called:
        _round(meeting, ConvocationKind.CANCELLATION, _called_last(meeting), text=reason, by=by)
    record(meeting, "cancelled", by=by, reason=reason, told=was_called)
    push_soon()
    return meeting


@transaction.atomic
def reschedule_meeting(
    meeting: Meeting,
    *,
    reason: str,
    by: By,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str | None = None,
) -> Meeting:
    """Move a meeting to a new time, or leave the new time open.

    Whoever was called is told, and with a new time asked anew; answers to the former time no longer count. A draft
    just moves. Raises ActionRefused without a reason, for a time that has passed and for a meeting that has been held.
    """
    meeting = locked(meeting)
    reason = _reason(reason)
    if starts_at is not None and starts_at <= clock.now():
        raise ActionRefused(_("The new time has already passed."))
    was = MeetingState(meeting.state)
    Move.objects.create(
        meeting=meeting,
        former_start=meeting.starts_at,
        former_end=meeting.ends_at,
        new_start=starts_at,
        reason=reason,
        moved_by=by,
    )
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    if place is not None:
        meeting.place_fi = place
    refuse_invalid(meeting, exclude={"state"})  # The state follows below: a convened meeting has a time.
    if was != MeetingState.RESCHEDULED and (was == MeetingState.CONVENED or starts_at is None):
        advance(meeting, MeetingState.RESCHEDULED, reason=reason)
    if was == MeetingState.CONVENED and starts_at is not None:
        advance(meeting, MeetingState.CONVENED, reason="")
    rename(meeting)
    meeting.save()
    if was == MeetingState.CONVENED:
        called = recipients(meeting) if starts_at is not None else _called_last(meeting)
        _round(meeting, ConvocationKind.MOVE, called, text=reason, by=by)
    record(meeting, "rescheduled", by=by, reason=reason, to=starts_at.isoformat() if starts_at else "")
    push_soon()
    return meeting


@transaction.atomic
def answer_invitation(
    invitation: Invitation,
    *,
    answer: str,
    way: str,
    by: By = None,
    deputy: Contact | None = None,
    note: str = "",
) -> Invitation:
    """Take somebody's answer; it can be changed until the meeting begins.

    ``way`` is the door by which it came; by the letter's link the one who answers has no account. With the answer
    ``DEPUTY`` the deputy is named, and asked by letter. Raises ActionRefused after the beginning, for a cancelled
    meeting, an invitation to a former time, and a deputy who is none.
    """
    meeting = locked(invitation.convocation.meeting)
    current = present_invitation(invitation)
    if current is None or current.pk != invitation.pk:
        raise ActionRefused(_("The meeting has been moved. Answer the latest invitation."))
    invitation = locked(invitation)
    invitation.convocation.meeting = meeting
    _refuse_late_answer(meeting)
    if answer not in Answer.values or answer == Answer.UNANSWERED:
        raise ActionRefused(_("Choose one of the answers."))
    if answer == Answer.REMOTE and not meeting.remote_link:
        raise ActionRefused(_("This meeting has no link for taking part remotely."))
    former = invitation.deputy
    chosen = _deputy(invitation, deputy) if answer == Answer.DEPUTY else None
    invitation.answer, invitation.deputy, invitation.note = answer, chosen, note.strip()[:500]
    invitation.answered_at, invitation.answered_by = clock.now(), way
    invitation.save(update_fields=["answer", "deputy", "note", "answered_at", "answered_by"])
    if former != chosen:
        for contact, coming in ((former, False), (chosen, True)):
            if contact is not None:
                _tell(invitation, contact, coming)
    actor = by if way != AnsweredBy.LINK else ByName(invitation.name)
    record(meeting, "answered", by=actor, name=invitation.name, answer=answer, way=way)
    return invitation


@transaction.atomic
def send_letter_again(invitation: Invitation, *, by: By) -> Invitation:
    """Try a failed letter once more, to the person's present address; one with a link of its own is written anew.

    Raises ActionRefused for a letter that did not fail, and where there is still no address.
    """
    invitation = locked(invitation)
    meeting = invitation.convocation.meeting
    if not invitation.has_failed and invitation.email:
        raise ActionRefused(_("The letter to {name} has not failed.").format(name=invitation.name))
    address = invitation.contact.mail_address if invitation.contact is not None else invitation.email
    if not address:
        raise ActionRefused(_("{name} has no e-mail address. Add one first.").format(name=invitation.name))
    letter = invitation.mail
    if letter is not None and address == invitation.email and not letter.confidential:
        send_again(letter)
    else:
        # Of a confidential letter the words are gone, and its link was nobody's: a new one is written.
        invitation.email, invitation.mail = address, None
        invitation.save(update_fields=["email", "mail"])
        asked_by = _whom_it_replaces(invitation)
        if asked_by is not None:
            _leave(TELL_DEPUTY, str(asked_by.pk), str(invitation.pk), True)
        else:
            _leave(SEND_ROUND, str(invitation.convocation_id))
    record(meeting, "letter_sent_again", by=by, name=invitation.name)
    return invitation


def _whom_it_replaces(invitation: Invitation) -> Invitation | None:
    """Who has answered that this person comes in their place."""
    if invitation.contact_id is None:
        return None
    asking = Invitation.objects.filter(convocation=invitation.convocation_id, answer=Answer.DEPUTY)
    return asking.filter(deputy=invitation.contact_id).first()


@transaction.atomic
def add_guest(
    meeting: Meeting,
    *,
    by: By,
    name: str,
    email: str,
    organisation: str = "",
    item: AgendaItem | None = None,
    language: str = "fi",
) -> Guest:
    """Put a guest on the list of those who are called. Raises ActionRefused after the call, and for a bad address."""
    meeting = locked(meeting)
    if not meeting.is_being_prepared:
        raise ActionRefused(_("The call has gone out, so guests cannot be added any more."))
    try:
        validate_email(email)
    except ValidationError as error:
        raise ActionRefused(_("“{email}” is not an e-mail address.").format(email=email)) from error
    if meeting.guests.filter(email__iexact=email).exists():
        raise ActionRefused(_("{email} is already among the guests.").format(email=email))
    guest = Guest(meeting=meeting, item=item, name=name, organisation=organisation, email=email, language=language)
    refuse_invalid(guest)
    guest.save()
    record(meeting, "guest_added", by=by, name=name)
    return guest


@transaction.atomic
def remove_guest(guest: Guest, *, by: By) -> None:
    """Take a guest off the list. Raises ActionRefused after the call."""
    meeting = locked(guest.meeting)
    if not meeting.is_being_prepared:
        raise ActionRefused(_("The call has gone out, so guests cannot be removed any more."))
    record(meeting, "guest_removed", by=by, name=guest.name)
    guest.delete()


# --- Rounds of letters ---
def _round(meeting: Meeting, kind: ConvocationKind, called: list[Recipient], *, text: str, by: By) -> Convocation:
    last = meeting.convocations.aggregate(last=Max("sequence"))["last"]
    convocation = Convocation.objects.create(
        meeting=meeting, kind=kind, sequence=0 if last is None else last + 1, text=text.strip(), sent_by=by
    )
    Invitation.objects.bulk_create(
        Invitation(
            convocation=convocation,
            contact=one.contact,
            membership=one.membership,
            guest=one.guest,
            role=one.role,
            reason=one.reason[:300],
            votes=one.votes,
            name=one.name,
            email=one.email,
            language=one.language,
        )
        for one in called
    )
    _leave(SEND_ROUND, str(convocation.pk))
    write_soon(meeting)
    return convocation


def _called_last(meeting: Meeting) -> list[Recipient]:
    """Those who were called last: they are told, whoever the members are by now."""
    latest = meeting.convocations.exclude(kind=ConvocationKind.CANCELLATION).order_by("-sequence").first()
    if latest is None:
        return []
    return [
        Recipient(
            name=one.name,
            email=one.email,
            role=InvitationRole(one.role),
            reasons=[one.reason],
            votes=one.votes,
            language=one.language,
            contact=one.contact,
            membership=one.membership,
            guest=one.guest,
        )
        for one in latest.invitations.select_related("contact", "membership", "guest")
    ]


def _reason(reason: str) -> str:
    """The reason, trimmed. Raises ActionRefused for none: the public reads it."""
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise ActionRefused(_("Give the reason: those who were called and the public read it."))
    return reason


def _leave(effect: str, *arguments: Any) -> None:
    """Let letters leave after commit. While history is written they are only recorded, at once and in its time."""
    if not clock.is_fixed():
        outbox.put(effect, *arguments)
    elif effect == SEND_ROUND:
        emails.send_round(Convocation.objects.select_related("meeting").get(pk=arguments[0]))


# --- Answers ---
def _refuse_late_answer(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise ActionRefused(_("The meeting has been cancelled, so no answer is needed."))
    if meeting.state == MeetingState.RESCHEDULED:
        raise ActionRefused(_("The meeting has been moved and its new time is open. You will get a new invitation."))
    if meeting.state != MeetingState.CONVENED or meeting.has_begun:
        raise ActionRefused(_("The meeting has begun, so answers are no longer taken. Tell the secretary directly."))


def _deputy(invitation: Invitation, deputy: Contact | None) -> Contact:
    possible = {one.contact_id: one.contact for one in deputies_for(invitation)}
    if deputy is None and len(possible) == 1:
        return next(iter(possible.values()))
    if deputy is None or deputy.pk not in possible:
        raise ActionRefused(_("Choose which deputy comes."))
    return possible[deputy.pk]


def _tell(invitation: Invitation, deputy: Contact, coming: bool) -> None:
    """The deputy's own invitation of this round: the letters of theirs refer to it."""
    theirs, _made = Invitation.objects.get_or_create(
        convocation=invitation.convocation,
        contact=deputy,
        defaults={
            "role": InvitationRole.DEPUTY,
            "reason": _("deputy of {whose}").format(whose=invitation.name),
            "name": deputy.name,
            "email": deputy.mail_address,
            "language": deputy.user.language if deputy.user is not None else invitation.language,
        },
    )
    if theirs.email:
        _leave(TELL_DEPUTY, str(invitation.pk), str(theirs.pk), coming)
