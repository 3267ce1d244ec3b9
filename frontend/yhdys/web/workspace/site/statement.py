"""The accessibility statement on the desk, with the feedback that waits."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from yhdys.feedback.models import AccessibilityFeedback
from yhdys.site.actions import change_statement, remove_issue, set_issue
from yhdys.site.models import AccessibilityIssue, AccessibilityStatement
from yhdys.site.queries import accessibility_statement
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.base import FormPage, Page, RecordActionView, RecordMixin
from yhdys.web.workspace.site.forms import IssueForm, StatementForm
from yhdys.web.workspace.trail import trail_of

PAGE_SIZE = 20


class StatementPage(Page):
    """GET …/accessibility/: the statement, what fails, and the feedback, what waits on top."""

    permission = "feedback.answer_feedback"
    template_name = "workspace/site/accessibility.html"

    def context(self) -> dict[str, Any]:
        feedback = AccessibilityFeedback.objects.visible_to(self.request.user).listed()
        statement = accessibility_statement()
        return super().context() | {
            "statement": statement,
            "trail": trail_of(statement, self.request.user, values=self.allowed("site.change_statement", statement)),
            "issues": AccessibilityIssue.objects.listed(),
            "page": Paginator(feedback, PAGE_SIZE).get_page(self.request.GET.get("page")),
        }


class EditStatementPage(VersionedFormPage):
    """GET, POST …/accessibility/statement/."""

    model = AccessibilityStatement
    permission = "site.change_statement"
    template_name = "workspace/site/form.html"
    form_class = StatementForm
    success_message = gettext_lazy("Saved. The site shows it at once.")

    @cached_property
    def record(self) -> AccessibilityStatement:
        return accessibility_statement()

    def perform(self, form: StatementForm) -> str:
        change_statement(form.instance, by=self.request.user)
        return reverse("workspace:accessibility")


class NewIssuePage(FormPage):
    """GET, POST …/accessibility/contents/new/."""

    permission = "site.change_statement"
    template_name = "workspace/site/form.html"
    form_class = IssueForm
    success_message = gettext_lazy("Added to the statement.")

    def perform(self, form: IssueForm) -> str:
        set_issue(form.instance, by=self.request.user)
        return reverse("workspace:accessibility")


class IssueMixin(RecordMixin):
    """A view about one failing content."""

    model = AccessibilityIssue
    permission = "site.change_statement"

    def queryset(self) -> QuerySet[Any]:
        # Public on the statement's page: whoever comes here sees them all.
        rows: QuerySet[Any] = AccessibilityIssue.objects.listed()
        return rows

    def refused_url(self) -> str:
        return reverse("workspace:accessibility")


class IssuePage(IssueMixin, VersionedFormPage):
    """GET, POST …/accessibility/contents/<pk>/."""

    template_name = "workspace/site/form.html"
    form_class = IssueForm
    success_message = gettext_lazy("Saved. The site shows it at once.")

    def perform(self, form: IssueForm) -> str:
        set_issue(form.instance, by=self.request.user)
        return reverse("workspace:accessibility")


class RemoveIssueView(IssueMixin, RecordActionView):
    """POST …/accessibility/contents/<pk>/removal/: it has been mended."""

    success_message = gettext_lazy("Taken off the statement.")

    def perform(self) -> str:
        remove_issue(self.record, by=self.request.user)
        return reverse("workspace:accessibility")
