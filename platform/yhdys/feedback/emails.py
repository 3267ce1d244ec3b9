"""Letters about feedback: to those who answer, and to the one who gave it."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from yhdys.feedback.models import AccessibilityFeedback, FeedbackAnswer
from yhdys.mail.actions import send
from yhdys.mail.letters import Letter, write
from yhdys.regions.urls import region_url
from yhdys.site.queries import accessibility_statement, region_settings


def tell_the_region(feedback: AccessibilityFeedback) -> None:
    """Let those who answer know, at the address that the statement names."""
    face = region_settings()
    address = accessibility_statement().feedback_email or face.reply_to or face.sender_email
    with translation.override("fi"):
        context = {
            "feedback": feedback,
            "action_url": region_url("workspace:feedback", pk=feedback.pk, language="fi"),
            "action_label": _("Answer the feedback"),
        }
    letter = write("feedback/mail/received", context, language="fi")
    _send(letter, to=address, purpose="feedback.received", regarding=feedback)


def confirm_receipt(feedback: AccessibilityFeedback) -> None:
    """Let the giver know that it came, in their language. What they wrote is not repeated: the address is unproven."""
    if _can_be_written_to(feedback):
        letter = write("feedback/mail/receipt", {"feedback": feedback}, language=feedback.language)
        _send(letter, to=feedback.email, purpose="feedback.receipt", regarding=feedback)


def send_answer(answer: FeedbackAnswer) -> None:
    """Send the answer to the one who gave the feedback, in their language."""
    feedback = answer.feedback
    if _can_be_written_to(feedback):
        with translation.override(feedback.language):
            context = {
                "feedback": feedback,
                "answer": answer,
                "action_url": region_url("public:accessibility", language=feedback.language),
                "action_label": _("Accessibility statement"),
            }
        letter = write("feedback/mail/answer", context, language=feedback.language)
        _send(letter, to=feedback.email, purpose="feedback.answer", regarding=feedback)


def _can_be_written_to(feedback: AccessibilityFeedback) -> bool:
    try:
        validate_email(feedback.email)
    except ValidationError:
        return False
    return True


def _send(letter: Letter, *, to: str, purpose: str, regarding: AccessibilityFeedback) -> None:
    send(to=[to], subject=letter.subject, text=letter.text, html=letter.html, purpose=purpose, regarding=regarding)
