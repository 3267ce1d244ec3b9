"""Letters of a call: once to everybody who is asked, one reminder before the deadline and one after it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked
from yhdys.nominations import emails
from yhdys.nominations.enums import CallState, Reply
from yhdys.nominations.models import CallInvitation, NominationCall
from yhdys.nominations.queries import reminders_due
from yhdys.tenancy import outbox

SEND_CALL = "nominations.send_call"
SEND_REMINDER = "nominations.send_reminder"


def leave_letters(call: NominationCall) -> None:
    """Let the letters leave after commit. While history is written they are only recorded, at once and in its time."""
    if clock.is_fixed():
        emails.send_call(call)
    else:
        outbox.put(SEND_CALL, str(call.pk))


@transaction.atomic
def send_letter_again(invitation: CallInvitation, *, by: User | None) -> CallInvitation:
    """Write a new letter where the former one failed, to the address as it is now.

    Raises ActionRefused before the opening, for a letter that did not fail, and where there is no address.
    """
    call = locked(invitation.call)
    invitation = locked(invitation)
    if call.state != CallState.OPEN:
        raise ActionRefused(_("Letters leave while the request is open."))
    if not invitation.email:
        raise ActionRefused(_("{name} has no e-mail address. Add it first.").format(name=invitation.name))
    if invitation.mail_id is not None and not invitation.has_failed:
        raise ActionRefused(_("The letter to {name} has not failed.").format(name=invitation.name))
    invitation.mail = None
    invitation.save(update_fields=["mail"])
    leave_letters(call)
    record(call, "letter_sent_again", by=by, name=invitation.name)
    return invitation


@transaction.atomic
def remind_silent() -> int:
    """Remind those who have not answered: once before the deadline, once after it. Returns how many letters leave.

    Run daily. Who has been reminded is written down with the outbox's row, so that nobody is reminded twice.
    """
    told: dict[Any, tuple[NominationCall, int]] = {}
    for invitation, after in reminders_due():
        now = locked(invitation)
        column = "reminded_after" if after else "reminded_before"
        if now.reply != Reply.UNANSWERED or getattr(now, column) is not None:
            continue
        setattr(now, column, clock.today())
        now.save(update_fields=[column])
        if clock.is_fixed():
            emails.remind(CallInvitation.objects.listed().get(pk=now.pk), after=after)
        else:
            outbox.put(SEND_REMINDER, str(now.pk), after)
        told[invitation.call_id] = (invitation.call, told.get(invitation.call_id, (None, 0))[1] + 1)
    for call, count in told.values():
        record(call, "reminded", by=None, count=count)
    return sum(count for _call, count in told.values())
