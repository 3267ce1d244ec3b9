"""The effects of nomination calls: letters, each once; and the daily look for those who have not answered."""

from celery import shared_task

from yhdys.nominations import emails
from yhdys.nominations.actions.letters import SEND_CALL, SEND_REMINDER, remind_silent
from yhdys.nominations.models import CallInvitation, NominationCall
from yhdys.tenancy import outbox
from yhdys.tenancy.tasks import RegionTask


@outbox.effect(SEND_CALL)
def send_call(pk: str) -> None:
    """Write the letters of a call; who has been written to already is left alone."""
    call = NominationCall.objects.select_related("term__body").filter(pk=pk).first()
    if call is not None and call.takes_corrections:
        emails.send_call(call)


@outbox.effect(SEND_REMINDER)
def send_reminder(pk: str, after: bool) -> None:
    """Remind one organisation; who has answered meanwhile is left alone."""
    invitation = CallInvitation.objects.listed().filter(pk=pk).first()
    if invitation is not None:
        emails.remind(invitation, after=after)


@shared_task(base=RegionTask, name="nominations.remind")
def remind() -> None:
    """Remind those of one region who have not answered."""
    remind_silent()
