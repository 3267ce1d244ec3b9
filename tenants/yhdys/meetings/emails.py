"""The letters of meetings: who gets which words, in their own language, with one thing to do."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.mail.actions import Attachment, send
from yhdys.mail.letters import Letter, write
from yhdys.mail.models import OutgoingMail
from yhdys.mail.sender import current_sender
from yhdys.meetings import ical
from yhdys.meetings.enums import FOR_INFORMATION, ConvocationKind, InvitationRole, MeetingState
from yhdys.meetings.models import AgendaItem, Convocation, Invitation, Meeting, Minutes, MinutesCheck
from yhdys.meetings.queries import CHECK_LETTER, MINUTES_LETTER, agenda_for, recipients
from yhdys.regions.urls import region_url
from yhdys.tenancy import links

ANSWER = "meetings.answer"
"""Purpose of the links by which people answer."""
SAMPLE = "esimerkki"
"""Stands for the token in a preview; it opens nothing."""
_TELL = pgettext_lazy("button of a letter", "Tell whether you come")
_READ = pgettext_lazy("button of a letter", "Read about the meeting")
LINK_LIVES_AFTER_MEETING = timedelta(days=30)
"""How long after the meeting the link still opens, to say that answers are no longer taken."""


def send_round(convocation: Convocation) -> int:
    """Write to everybody of one round of letters who has not been written to. Returns how many letters were made."""
    made = 0
    items = list(AgendaItem.objects.filter(meeting=convocation.meeting_id).for_reading())
    for invitation in convocation.invitations.for_desk().filter(mail=None).exclude(email=""):
        invitation.convocation = convocation
        invitation.mail = write_to(invitation, items)
        invitation.save(update_fields=["mail"])
        made += 1
    return made


def write_to(invitation: Invitation, items: list[AgendaItem] | None = None) -> OutgoingMail:
    """The letter of one invitation: a call, a move or a cancellation, with its calendar part.

    ``items`` is the whole agenda, where many letters share it. A letter of the past keeps no attachments.
    """
    convocation = invitation.convocation
    meeting = convocation.meeting
    words = _words_of(convocation)
    expects_answer = words == "call" and invitation.role not in FOR_INFORMATION
    url, token = _address(invitation, expects_answer)
    context = _context(invitation, items) | {
        "expects_answer": expects_answer,
        "action_url": url,
        "action_label": _TELL if expects_answer else _READ,
    }
    letter = write(f"meetings/mail/{words}", context, language=invitation.language)
    return send(
        to=[invitation.email],
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        purpose=f"meetings.{convocation.kind}",
        regarding=meeting,
        attachments=[] if clock.is_fixed() else [_calendar(invitation, words, url if token else "")],
        confidential=bool(token),
    )


def preview(meeting: Meeting, text: str) -> tuple[str, str, str]:
    """Subject, plain text and HTML of the call as the first of the called would get it, with a link that leads nowhere.

    Nothing is saved: the desk shows it before the letters leave.
    """
    called = [one for one in recipients(meeting) if one.email and one.role not in FOR_INFORMATION]
    first = called[0] if called else None
    convocation = Convocation(meeting=meeting, sequence=0, text=text)
    invitation = Invitation(
        convocation=convocation,
        role=first.role if first else "",
        name=first.name if first else "",
        email=first.email if first else "",
        reason=first.reason if first else "",
        language=first.language if first else "fi",
    )
    sample = region_url("public:answer", token=SAMPLE, language=invitation.language)
    context = _context(invitation) | {"expects_answer": True, "action_url": sample, "action_label": _TELL}
    letter = write("meetings/mail/call", context, language=invitation.language)
    return letter.subject, letter.text, letter.html


def call_deputy(invitation: Invitation, deputy: Invitation) -> OutgoingMail | None:
    """Ask the deputy to come in the place of the one who answered so."""
    if not deputy.email:
        return None
    return _to_deputy("deputy", invitation, deputy, method=ical.REQUEST)


def release_deputy(invitation: Invitation, deputy: Invitation) -> OutgoingMail | None:
    """Tell a deputy who was asked that they need not come after all."""
    if not deputy.email:
        return None
    return _to_deputy("deputy_released", invitation, deputy, method=ical.CANCEL)


def _to_deputy(words: str, invitation: Invitation, deputy: Invitation, *, method: str) -> OutgoingMail:
    url, token = _address(deputy, expects_answer=method == ical.REQUEST)
    context = _context(deputy) | {
        "in_place_of": invitation.name,
        "action_url": url,
        "action_label": _TELL if method == ical.REQUEST else _READ,
    }
    letter = write(f"meetings/mail/{words}", context, language=deputy.language)
    return send(
        to=[deputy.email],
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        purpose=f"meetings.{words}",
        regarding=deputy.convocation.meeting,
        attachments=[_attachment(deputy, method, url if token else "")],
        confidential=bool(token),
    )


def ask_to_check(check: MinutesCheck) -> OutgoingMail | None:
    """Ask one checker to read the minutes; None when they have no address."""
    contact, minutes = check.contact, check.minutes
    if not contact.mail_address:
        return None
    language = contact.user.language if contact.user is not None else minutes.language
    letter = write(
        "meetings/mail/check",
        {
            "name": contact.name,
            "minutes": minutes,
            "meeting": minutes.meeting,
            "action_url": region_url("workspace:meeting-minutes", pk=minutes.meeting_id, language=language),
            "action_label": _("Read the minutes"),
        },
        language=language,
    )
    return _send(contact.mail_address, letter, CHECK_LETTER, minutes.meeting)


def deliver_minutes(minutes: Minutes, only: str = "") -> int:
    """Send the published minutes' address to those to whom the body's papers are delivered. Returns how many.

    ``only`` is the address of the one whose letter had failed.
    """
    copies = [one for one in recipients(minutes.meeting) if one.role == InvitationRole.COPY and one.email]
    if only:
        copies = [one for one in copies if one.email == only]
    for one in copies:
        url = region_url("public:meeting", slug=minutes.meeting.slug, language=one.language)
        letter = write(
            "meetings/mail/minutes",
            {
                "name": one.name,
                "minutes": minutes,
                "meeting": minutes.meeting,
                "action_url": url,
                "action_label": _("Read the minutes"),
            },
            language=one.language,
        )
        _send(one.email, letter, MINUTES_LETTER, minutes.meeting)
    return len(copies)


def _send(to: str, letter: Letter, purpose: str, meeting: Meeting) -> OutgoingMail:
    return send(to=[to], subject=letter.subject, text=letter.text, html=letter.html, purpose=purpose, regarding=meeting)


def _words_of(convocation: Convocation) -> str:
    match convocation.kind:
        case ConvocationKind.CANCELLATION:
            return "cancellation"
        case ConvocationKind.MOVE if convocation.meeting.starts_at is None:
            return "postponed"
        case _:
            return "call"


def _context(invitation: Invitation, items: list[AgendaItem] | None = None) -> dict[str, Any]:
    convocation = invitation.convocation
    meeting = convocation.meeting
    return {
        "name": invitation.name,
        "invitation": invitation,
        "convocation": convocation,
        "meeting": meeting,
        "items": agenda_for(invitation, items),
        "move": meeting.moves.first() if convocation.kind == ConvocationKind.MOVE else None,
        "is_cancelled": meeting.state == MeetingState.CANCELLED,
    }


def _address(invitation: Invitation, expects_answer: bool) -> tuple[str, str]:
    """The one link of a letter: to the person's own answer page, or to the public page where none is waited for."""
    meeting, language = invitation.convocation.meeting, invitation.language
    if not expects_answer:
        return region_url("public:meeting", slug=meeting.slug, language=language), ""
    over = meeting.ends_at or meeting.starts_at or clock.now()
    token = links.issue(purpose=ANSWER, target=invitation, expires_at=over + LINK_LIVES_AFTER_MEETING)
    return region_url("public:answer", token=token, language=language), token


def _calendar(invitation: Invitation, words: str, url: str) -> Attachment:
    return _attachment(invitation, ical.REQUEST if words == "call" else ical.CANCEL, url)


def _attachment(invitation: Invitation, method: str, url: str) -> Attachment:
    sender = current_sender()
    content = ical.invitation_calendar(
        invitation,
        method=method,
        organiser=(sender.name, sender.email),
        url=url,
        description=invitation.convocation.text,
    )
    name = "cancel.ics" if method == ical.CANCEL else "invite.ics"
    return Attachment(name, content, f"text/calendar; method={method}")
