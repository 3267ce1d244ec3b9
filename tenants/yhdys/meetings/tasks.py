"""The effects of meetings: letters and documents. Each may run twice and happens once."""

from django.conf import settings
from django.utils import translation

from yhdys.meetings import emails
from yhdys.meetings.actions.convocation import SEND_ROUND, TELL_DEPUTY
from yhdys.meetings.actions.documents import KEEP_DOCUMENTS, file_of
from yhdys.meetings.actions.minutes import ASK_TO_CHECK, DELIVER_MINUTES
from yhdys.meetings.documents import settled_documents
from yhdys.meetings.models import Convocation, Invitation, Meeting, Minutes, MinutesCheck
from yhdys.site.queries import region_settings
from yhdys.tenancy import outbox


@outbox.effect(SEND_ROUND)
def send_round(pk: str) -> None:
    """Write the letters of a call, a move or a cancellation; who has been written to already is left alone."""
    convocation = Convocation.objects.select_related("meeting__body").filter(pk=pk).first()
    if convocation is not None:
        emails.send_round(convocation)


@outbox.effect(TELL_DEPUTY)
def tell_deputy(pk: str, deputy_pk: str, coming: bool) -> None:
    """Tell a deputy to come, or not to; what has changed again since is not told."""
    invitation = Invitation.objects.select_related("convocation__meeting__body").filter(pk=pk).first()
    deputy = Invitation.objects.select_related("convocation__meeting__body").filter(pk=deputy_pk).first()
    if invitation is None or deputy is None or (invitation.deputy_id == deputy.contact_id) != coming:
        return
    letter = emails.call_deputy(invitation, deputy) if coming else emails.release_deputy(invitation, deputy)
    if letter is not None:
        # The desk tells how the latest letter fared: this one counts now, not the call that was for information.
        deputy.mail = letter
        deputy.save(update_fields=["mail"])


@outbox.effect(ASK_TO_CHECK)
def ask_to_check(pk: str) -> None:
    """Ask one checker to read the minutes."""
    check = MinutesCheck.objects.select_related("minutes__meeting__body", "contact__user").filter(pk=pk).first()
    if check is not None:
        emails.ask_to_check(check)


@outbox.effect(DELIVER_MINUTES)
def deliver_minutes(pk: str, only: str = "") -> None:
    """Send published minutes to those to whom the body's papers are delivered, or to one of them once more."""
    minutes = Minutes.objects.published().select_related("meeting__body").filter(pk=pk).first()
    if minutes is not None:
        emails.deliver_minutes(minutes, only)


@outbox.effect(KEEP_DOCUMENTS)
def keep_documents(pk: str) -> None:
    """Write the meeting's documents in the region's languages, where what is kept says something else."""
    meeting = Meeting.objects.for_lists().filter(pk=pk).first()
    if meeting is None:
        return
    spoken = {code for code, _name in settings.LANGUAGES}
    for language in region_settings().languages or ["fi"]:
        if language in spoken:
            with translation.override(language):
                for document in settled_documents(meeting):
                    file_of(document)
