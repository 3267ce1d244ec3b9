"""The record of a held meeting: attendance, outcomes, decisions, follow-up tasks."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from yhdys.core.errors import ActionRefused
from yhdys.councils.models import Membership
from yhdys.meetings.actions import (
    add_assignment,
    finish_assignment,
    record_attendance,
    record_outcome,
    remove_assignment,
    reopen_assignment,
)
from yhdys.meetings.enums import InvitationRole
from yhdys.meetings.models import AgendaItem, Assignment, Meeting
from yhdys.meetings.queries import Present, attendance_draft
from yhdys.organisations.models import Contact
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import ActionView, FormPage, Page
from yhdys.web.workspace.meetings.forms import AssignmentForm, AttendanceFormSet, OutcomeForm
from yhdys.web.workspace.meetings.views.agenda import ItemMixin
from yhdys.web.workspace.meetings.views.base import MeetingMixin, MeetingVersionedPage, PartMixin, desk_of


def people_of(meeting: Meeting) -> QuerySet[Contact]:
    """Those who may check minutes and promise things: who had a place in the body then, and whoever was called."""
    members = Membership.objects.in_force(meeting.day).filter(body=meeting.body_id)
    seated = Q(pk__in=members.values("contact"))
    called = Q(invitations__convocation__meeting=meeting.pk)
    found: QuerySet[Contact] = Contact.objects.listed().filter(seated | called).distinct()
    return found


class AttendancePage(MeetingMixin, Page):
    """GET shows the list, filled from the answers at first; POST writes it."""

    permission = "meetings.record_meeting"
    template_name = "workspace/meetings/attendance.html"
    part = "attendance"

    @cached_property
    def lines(self) -> list[Present]:
        """Who may have been there: what was written, else what the answers promised."""
        return attendance_draft(self.record)

    @cached_property
    def formset(self) -> Any:
        sent = self.request.POST if self.request.method == "POST" else None
        initial = [
            {"key": str(n), "presence": line.presence, "in_place_of": line.in_place_of, "note": line.note}
            for n, line in enumerate(self.lines)
        ]
        return AttendanceFormSet(sent, initial=initial, form_kwargs={"use_required_attribute": False})

    def context(self) -> dict[str, Any]:
        rows = list(zip(self.lines, self.formset.forms, strict=False))
        for line, form in rows:
            form.role_name = InvitationRole(line.role).label
            form.has_more = any(form[name].value() or form[name].errors for name in ("in_place_of", "note"))
        return super().context() | {"formset": self.formset, "rows": rows, "refusals": []}

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.formset.is_valid() or len(self.formset.forms) != len(self.lines):
            return self.render(status=422)
        lines = [
            Present(
                name=line.name,
                contact=line.contact,
                role=line.role,
                organisation=line.organisation,
                votes=line.votes,
                presence=form.cleaned_data["presence"],
                in_place_of=form.cleaned_data["in_place_of"],
                note=form.cleaned_data["note"],
            )
            for line, form in zip(self.lines, self.formset.forms, strict=True)
        ]
        try:
            record_attendance(self.record, lines, by=request.user)
        except ActionRefused as refusal:
            return self.render(status=409, refusals=[str(refusal)])
        return self.success(_("The attendance has been recorded."), desk_of(self.record, self.part))


class OutcomePage(ItemMixin, MeetingVersionedPage):
    """GET, POST: how an item ended, what was said and resolved."""

    permission = "meetings.record_meeting"
    template_name = "workspace/meetings/outcome.html"
    form_class = OutcomeForm
    success_message = _("The outcome has been recorded.")

    def initial_of(self, record: AgendaItem) -> dict[str, Any]:
        resolution = getattr(record, "resolution", None)
        return {
            "outcome": record.outcome,
            "discussion": record.discussion,
            "resolution": resolution.text_fi if resolution is not None else "",
        }

    def context(self) -> dict[str, Any]:
        item: AgendaItem = self.record
        following = item.meeting.agenda_items.filter(number__gt=item.number).first()
        return super().context() | {
            "item": item,
            "assignments": list(item.assignments.select_related("contact")),
            "following": following,
            "may_elect": self.allowed("meetings.record_election", item),
        }

    def perform(self, form: OutcomeForm) -> str:
        record_outcome(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.meeting, f"item-{self.record.number}")


class AssignmentAddPage(ItemMixin, FormPage):
    """GET, POST: who does what by when."""

    permission = "meetings.record_meeting"
    template_name = "workspace/meetings/assignment.html"
    form_class = AssignmentForm
    success_message = _("The task has been noted.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"people": people_of(self.meeting)}

    def context(self) -> dict[str, Any]:
        return super().context() | {"item": self.record}

    def perform(self, form: AssignmentForm) -> str:
        add_assignment(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.meeting, f"item-{self.record.number}")


class AssignmentMixin(PartMixin):
    """A view about one follow-up task."""

    model = Assignment
    to_meeting = "item__meeting"
    part = "agenda"

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("contact")


class AssignmentRemovalView(AssignmentMixin, ActionView):
    """POST: the task was noted by mistake."""

    permission = "meetings.record_meeting"
    success_message = _("The task has been removed.")

    def perform(self) -> str:
        meeting = self.meeting
        remove_assignment(self.record, by=self.request.user)
        return desk_of(meeting, self.part)


class AssignmentDoneView(AssignmentMixin, ActionView):
    """POST: the task is done."""

    permission = "meetings.finish_assignment"
    success_message = _("The task is noted as done.")

    def perform(self) -> str:
        finish_assignment(self.record, by=self.request.user)
        return desk_of(self.meeting, self.part)


class AssignmentReopenView(AssignmentMixin, ActionView):
    """POST: the task is not done after all."""

    permission = "meetings.finish_assignment"
    success_message = _("The task is open again.")

    def perform(self) -> str:
        reopen_assignment(self.record, by=self.request.user)
        return desk_of(self.meeting, self.part)
