"""What is done with feedback."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.feedback.emails import confirm_receipt, send_answer, tell_the_region
from yhdys.feedback.models import AccessibilityFeedback, FeedbackAnswer


@transaction.atomic
def take_feedback(*, message: str, page: str = "", name: str = "", email: str = "") -> AccessibilityFeedback:
    """Take what somebody says of the site's accessibility, named or not, and tell those who answer.

    Raises ActionRefused for an empty message and for an address that cannot be one.
    """
    feedback = AccessibilityFeedback(
        message=message.strip(),
        page=page.strip(),
        name=name.strip(),
        email=email.strip().lower(),
        language=(translation.get_language() or "fi")[:2],
    )
    refuse_invalid(feedback)
    feedback.save()
    record(feedback, "received", by=None)
    tell_the_region(feedback)
    confirm_receipt(feedback)
    return feedback


@transaction.atomic
def answer_feedback(feedback: AccessibilityFeedback, *, text: str, by: User) -> FeedbackAnswer:
    """Answer, once. An anonymous feedback gets a note of what was done. Raises ActionRefused when it is answered."""
    feedback = locked(feedback)
    if feedback.is_answered:
        raise ActionRefused(_("Somebody has answered this feedback already."))
    if not text.strip():
        raise ActionRefused(_("Write the answer."))
    answer = FeedbackAnswer.objects.create(feedback=feedback, text=text.strip(), by=by)
    record(feedback, "answered", by=by)
    send_answer(answer)
    return answer
