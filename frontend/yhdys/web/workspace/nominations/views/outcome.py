"""From the names to the members: the balance, the proposal and its files, its return, the appointment; targets."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.councils.models import Body
from yhdys.nominations import actions
from yhdys.nominations.models import Target
from yhdys.nominations.presentation import KINDS, file_of
from yhdys.nominations.queries import Balance, balance_of, lines_of, missing_for_appointment, missing_for_proposal
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import FormPage, RecordActionView, RecordFormPage, RecordMixin, WorkspaceView
from yhdys.web.workspace.nominations import forms
from yhdys.web.workspace.nominations.views.base import CallMixin, desk_of
from yhdys.web.workspace.titled import Titled


class OutcomePage(CallMixin, FormPage):
    """A step that needs the whole composition before one's eyes."""

    template_name = "workspace/nominations/outcome.html"
    title: Any = ""
    submit: Any = ""

    @cached_property
    def balance(self) -> Balance:
        """The composition's balance."""
        return balance_of(self.call)

    def missing(self) -> list[Any]:
        """What keeps the step from being taken."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "balance": self.balance,
            "lines": lines_of(self.call),
            "missing": [{"text": one.text, "url": desk_of(self.call, one.part)} for one in self.missing()],
        }


class ProposalPage(OutcomePage):
    """GET, POST …/nominations/<pk>/proposal/."""

    permission = "nominations.propose"
    form_class = forms.ReasonForm
    title = _("Propose the composition")
    submit = _("Propose this composition")
    success_message = _("The composition has been proposed. Download the presentation for the deciding body.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"balance_reason": self.call.balance_reason}}

    def missing(self) -> list[Any]:
        return missing_for_proposal(self.call)

    def perform(self, form: forms.ReasonForm) -> str:
        actions.propose_composition(self.call, balance_reason=form.cleaned_data["balance_reason"], by=self.request.user)
        return self.back


class AppointmentPage(OutcomePage):
    """GET, POST …/nominations/<pk>/appointment/."""

    permission = "nominations.appoint"
    form_class = forms.AppointForm
    title = _("Appoint the members")
    submit = _("Appoint the members")
    success_message = _("The members have been appointed. They are on the term’s page.")

    def form_kwargs(self) -> dict[str, Any]:
        call = self.call
        first = max(call.term.start, min(clock.today(), call.term.end or clock.today()))
        needs_reason = self.balance.needs_reason and not call.balance_reason
        return {"call": call, "needs_reason": needs_reason, "initial": {"decision": call.decision, "start": first}}

    def missing(self) -> list[Any]:
        return [one for one in missing_for_appointment(self.call) if one.part != "decision"]

    def perform(self, form: forms.AppointForm) -> str:
        data = form.cleaned_data
        actions.appoint_members(
            self.call,
            decision=data["decision"],
            start=data["start"],
            balance_reason=data.get("balance_reason", ""),
            by=self.request.user,
        )
        return self.back


class ReturnPage(CallMixin, Titled, RecordFormPage):
    """GET, POST …/nominations/<pk>/return/."""

    permission = "nominations.return_proposal"
    form_class = forms.ReturnForm
    title = _("Return the proposal to the field")
    submit = _("Return the proposal")
    success_message = _("The request is open again, and everybody who was asked is told.")

    def perform(self, form: forms.ReturnForm) -> str:
        data = form.cleaned_data
        actions.return_proposal(self.call, reason=data["reason"], deadline=data["deadline"], by=self.request.user)
        return self.back


class FileView(CallMixin, WorkspaceView):
    """GET …/nominations/<pk>/presentation.<kind>: the composition for the deciding body's meeting."""

    permission = "nominations.export_proposal"

    def get(self, request: UserRequest, *args: Any, kind: str, **kwargs: Any) -> HttpResponseBase:
        if kind not in KINDS:
            raise Http404
        made = file_of(self.call, kind)
        response = HttpResponse(made.content, content_type=made.mimetype)
        response["Content-Disposition"] = f'attachment; filename="{made.name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class TargetsPage(RecordMixin, FormPage):
    """GET, POST …/nominations/targets/<pk>/: what balance a body wants."""

    permission = "nominations.set_targets"
    model = Body
    template_name = "workspace/nominations/targets.html"
    form_class = forms.TargetForm
    success_message = _("The target has been set.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": Target(body=self.record)}

    def context(self) -> dict[str, Any]:
        return super().context() | {"body": self.record, "targets": list(Target.objects.of_body(self.record))}

    def perform(self, form: forms.TargetForm) -> str:
        actions.set_target(form.instance, by=self.request.user)
        return reverse("workspace:targets", kwargs={"pk": self.record.pk})


class TargetRemovalView(RecordActionView):
    """POST …/nominations/targets/removal/<pk>/."""

    permission = "nominations.set_targets"
    model = Target
    success_message = _("The target has been removed.")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body")

    def perform(self) -> str:
        body = self.record.body
        actions.remove_target(self.record, by=self.request.user)
        return reverse("workspace:targets", kwargs={"pk": body.pk})
