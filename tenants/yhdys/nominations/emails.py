"""The letters of nomination calls, in the region's name, with one thing to do each."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.mail.actions import send
from yhdys.mail.letters import write
from yhdys.mail.models import OutgoingMail
from yhdys.nominations.enums import Reply
from yhdys.nominations.models import CallInvitation, Nomination, NominationCall
from yhdys.regions.urls import region_url
from yhdys.tenancy import links

ANSWER = "nominations.answer"
"""Purpose of the links by which organisations answer."""
SAMPLE = "esimerkki"
"""Stands for the token in a preview; it opens nothing."""
LINK_LIVES_AFTER_DEADLINE = timedelta(days=365)
"""How long the link still opens, to say that names are no longer taken."""
_NAME = pgettext_lazy("button of a letter", "Name your representatives")


def send_call(call: NominationCall) -> int:
    """Write to everybody who is asked and has not been written to. Returns how many letters were made."""
    made = 0
    for invitation in call.invitations.listed().filter(mail=None).exclude(email=""):
        invitation.mail = _ask(invitation, "call")
        invitation.save(update_fields=["mail"])
        made += 1
    return made


def remind(invitation: CallInvitation, *, after: bool) -> OutgoingMail | None:
    """Remind somebody who has not answered; None when they have meanwhile, or names are no longer taken."""
    if invitation.reply != Reply.UNANSWERED or not invitation.call.takes_answers or not invitation.email:
        return None
    return _ask(invitation, "reminder", {"after": after})


def preview(call: NominationCall) -> tuple[str, str, str]:
    """Subject, plain text and HTML of the letter as the first one asked gets it, with a link that leads nowhere."""
    invitation = call.invitations.listed().first()
    language = invitation.language if invitation is not None else "fi"
    context = _context(invitation or CallInvitation(call=call), call, [*call.asked_seats][:1])
    url = region_url("public:nomination", token=SAMPLE, language=language)
    letter = write("nominations/mail/call", context | {"action_url": url, "action_label": _NAME}, language=language)
    return letter.subject, letter.text, letter.html


def confirm_answer(invitation: CallInvitation) -> OutgoingMail:
    """Tell the asked address what was answered by its link."""
    nominations = [*invitation.nominations.listed()]
    context = _context(invitation, invitation.call) | {
        "nominations": nominations,
        "declined": invitation.reply == Reply.DECLINED,
        **_button(invitation),
    }
    return _send("receipt", invitation, context)


def confirm_proposal(nomination: Nomination, *, language: str) -> OutgoingMail | None:
    """Let whoever filled in the public form know that it came. The address is unproven: nothing of it is repeated."""
    if not nomination.sender_email:
        return None
    with translation.override(language):
        context = {
            "call": nomination.call,
            "body": nomination.call.body,
            "action_url": region_url("public:nomination-call", slug=nomination.call.slug, language=language),
            "action_label": _("Read the request"),
        }
    letter = write("nominations/mail/proposal", context, language=language)
    return send(to=[nomination.sender_email], purpose="nominations.proposal", regarding=nomination.call, **letter.words)


def _ask(invitation: CallInvitation, words: str, more: dict[str, Any] | None = None) -> OutgoingMail:
    context = _context(invitation, invitation.call) | _button(invitation) | (more or {})
    return _send(words, invitation, context)


def _context(invitation: CallInvitation, call: NominationCall, seats: list[Any] | None = None) -> dict[str, Any]:
    return {
        "invitation": invitation,
        "name": invitation.name,
        "call": call,
        "body": call.body,
        "term": call.term,
        "seats": seats if seats is not None else [*invitation.asked_seats],
    }


def _button(invitation: CallInvitation) -> dict[str, Any]:
    """The one link of a letter. Each letter has its own; all of one organisation lead to the same answer."""
    last = datetime.combine(invitation.call.deadline, time(23, 59), tzinfo=clock.HELSINKI)
    token = links.issue(
        purpose=ANSWER, target=invitation, expires_at=max(last, clock.now()) + LINK_LIVES_AFTER_DEADLINE
    )
    url = region_url("public:nomination", token=token, language=invitation.language)
    return {"action_url": url, "action_label": _NAME}


def _send(words: str, invitation: CallInvitation, context: dict[str, Any]) -> OutgoingMail:
    letter = write(f"nominations/mail/{words}", context, language=invitation.language)
    return send(
        to=[invitation.email],
        purpose=f"nominations.{words}",
        regarding=invitation.call,
        confidential=True,  # The link in it is the right to answer.
        **letter.words,
    )
