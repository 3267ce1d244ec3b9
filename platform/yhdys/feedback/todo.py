"""What waits for those who answer for accessibility: feedback within its fourteen days, and the yearly review."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from yhdys.core import access, clock
from yhdys.core.todo import Todo, source
from yhdys.feedback.models import AccessibilityFeedback
from yhdys.site.queries import accessibility_statement
from yhdys.tenancy.context import in_a_region, require_scope

MOST = 20
REMINDED = timedelta(days=30)
"""How long before the year is full the review of the statement comes up."""


@source
def feedback_to_answer(user: Any) -> Iterator[Todo]:
    """Feedback without an answer; its day is the fourteenth."""
    if not in_a_region() or not access.allowed(user, "feedback.answer_feedback", require_scope()):
        return
    for one in AccessibilityFeedback.objects.waiting()[:MOST]:
        yield Todo(
            title=_("Answer the accessibility feedback"),
            url_name="workspace:feedback",
            url_kwargs={"pk": one.pk},
            due=one.due,
            detail=" ".join(one.message.split())[:100],
            kind="feedback",
        )


@source
def statement_to_review(user: Any) -> Iterator[Todo]:
    """The accessibility statement, once a year."""
    if not in_a_region() or not access.allowed(user, "site.change_statement", require_scope()):
        return
    statement = accessibility_statement()
    if statement.review_due <= clock.today() + REMINDED:
        yield Todo(
            title=_("Review the accessibility statement"),
            url_name="workspace:accessibility",
            due=statement.review_due,
            detail=_("The law asks for it once a year."),
            kind="site",
        )
