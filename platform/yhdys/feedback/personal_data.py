"""What accessibility feedback keeps of people."""

from django.utils.translation import gettext_lazy as _

from yhdys.feedback.models import AccessibilityFeedback
from yhdys.privacy.register import Basis, PersonalData, declare


def erase_feedback() -> int:
    """Feedback that was answered more than two years ago."""
    return AccessibilityFeedback.objects.outlived().delete()[0]


declare(
    PersonalData(
        key="feedback.accessibility",
        order=40,
        title=_("Accessibility feedback"),
        people=_("Those who give feedback with their name or address; it can be given without either"),
        contents=_("The feedback, the page it is about, name and e-mail address if they were given, and the answer"),
        purpose=_("Answering within fourteen days and mending what fails"),
        basis=(Basis.DUTY,),
        retention=_("Two years after the answer"),
        tables=("feedback.accessibilityfeedback", "feedback.feedbackanswer"),
        past={
            "feedback.accessibilityfeedback": ("message", "page", "name", "email"),
            "feedback.feedbackanswer": ("text",),
        },
        erase=erase_feedback,
    )
)
declare(
    PersonalData(
        key="feedback.visitors",
        order=90,
        title=_("Visits to the public site"),
        people=_("Everybody who sends a form without an account"),
        contents=_("A fingerprint of the network address, to count how often a form is sent"),
        purpose=_("Keeping robots from filling the forms. The public site sets no cookies and follows nobody"),
        basis=(Basis.SECURITY,),
        retention=_("One hour"),
        tables=(),
    )
)
