"""One accessibility feedback on the desk, and its answer."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from yhdys.feedback.actions import answer_feedback
from yhdys.feedback.models import AccessibilityFeedback
from yhdys.web.workspace.base import RecordFormPage
from yhdys.web.workspace.site.forms import AnswerForm


class FeedbackPage(RecordFormPage):
    """GET, POST …/accessibility/feedback/<pk>/: read and answer; the fourteenth day is told."""

    model = AccessibilityFeedback
    permission = "feedback.answer_feedback"
    template_name = "workspace/site/feedback.html"
    form_class = AnswerForm
    success_message = gettext_lazy("The answer has been kept, and sent where there is an address.")

    def queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = AccessibilityFeedback.objects.visible_to(self.request.user).select_related(
            "answer", "answer__by"
        )
        return rows

    def perform(self, form: AnswerForm) -> str:
        answer_feedback(self.record, text=form.cleaned_data["text"], by=self.request.user)
        return reverse("workspace:feedback", kwargs={"pk": self.record.pk})
