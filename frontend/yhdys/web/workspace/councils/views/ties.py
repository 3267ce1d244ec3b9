"""How a body meets, and the rules that tie its meetings to other bodies: each shown with what it does."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.councils.models import Body
from yhdys.meetings import actions
from yhdys.meetings.models import MeetingPractice, PaperDelivery, StandingInvitation
from yhdys.meetings.queries import Tie, effects_of, liaisons_of, named_by, practice_of
from yhdys.web.forms import Form
from yhdys.web.requests import UserRequest
from yhdys.web.versioned import VersionedPage
from yhdys.web.workspace.base import RecordFormPage, RecordMixin
from yhdys.web.workspace.councils.tie_forms import DeliveryForm, InvitationForm, PracticeForm
from yhdys.web.workspace.councils.views.bodies import OfBody
from yhdys.web.workspace.titled import Titled


def ties_address(body: Any) -> str:
    """The page of a body's meetings and ties."""
    return reverse("workspace:body-ties", kwargs={"pk": body})


class BodyTiesPage(OfBody):
    """GET …/councils/<pk>/ties/: habits, invitations by office, deliveries of papers, liaison seats."""

    template_name = "workspace/councils/ties.html"
    tab = "body-ties"

    def context(self) -> dict[str, Any]:
        today = clock.today()
        return super().context() | {
            "practice": practice_of(self.record),
            "invitations": named_by(StandingInvitation.objects.of_body(self.record).listed(), today),
            "deliveries": named_by(PaperDelivery.objects.of_body(self.record).listed(), today),
            "liaisons": liaisons_of(self.record),
            "may_set": self.allowed("meetings.set_practice", self.record),
        }


class PracticePage(Titled, VersionedPage, RecordMixin):
    """GET, POST …/councils/<pk>/ties/practice/."""

    permission = "meetings.set_practice"
    model = Body
    form_class = PracticeForm
    title = _("Change how the body meets")
    success_message = _("The changes have been saved.")

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return ties_address(self.record.pk)

    def versioned(self) -> Any:
        """Its habits; the body itself while it has told none."""
        practice = practice_of(self.record)
        return self.record if practice._state.adding else practice

    def above(self) -> Body:
        body: Body = self.record
        return body

    def trail_of(self, current: Any) -> Body:
        return self.above()

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": _habits(practice_of(self.record))}

    def form_of(self, record: Any) -> forms.BaseForm:
        return PracticeForm(initial=_habits(practice_of(self.record)))

    def perform(self, form: PracticeForm) -> str:
        actions.set_practice(self.record, by=self.request.user, **form.cleaned_data)
        return self.back


def _habits(practice: MeetingPractice) -> dict[str, Any]:
    return {name: getattr(practice, name) for name in PracticeForm.base_fields}


class TieAddPage(Titled, RecordFormPage):
    """A rule to be set; ``preview`` in the POST only shows what it would have done."""

    permission = "meetings.set_practice"
    model = Body
    template_name = "workspace/councils/tie_form.html"

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return ties_address(self.record.pk)

    def form_kwargs(self) -> dict[str, Any]:
        return {"body": self.record}

    def thought_of(self, typed: dict[str, Any]) -> Tie | None:
        """The rule as it was typed, unsaved; None while something is missing."""
        raise NotImplementedError

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> Any:
        if "preview" not in request.POST:
            return super().post(request, *args, **kwargs)
        tie = self.thought_of(self.form.cleaned_data) if self.form.is_valid() else None
        if tie is None:
            if self.form.is_valid():
                self.form.add_error(None, _("Choose a person, or a body and a role in it."))
            return self.render(status=422)
        return self.render(effects=effects_of(tie), tie=tie)


class InvitationAddPage(TieAddPage):
    """GET, POST …/councils/<pk>/ties/invitations/new/."""

    form_class = InvitationForm
    title = _("Invite holders of an office")
    help = _("Whoever holds the role in the other body is called to every meeting of this one, without a vote.")
    success_message = _("From the next call on, they are invited.")

    def thought_of(self, typed: dict[str, Any]) -> Tie | None:
        return StandingInvitation(body=self.record, of_body=typed["of_body"], role=typed["role"])

    def perform(self, form: InvitationForm) -> str:
        typed = form.cleaned_data
        actions.invite_by_office(self.record, of_body=typed["of_body"], role=typed["role"], by=self.request.user)
        return self.back


class DeliveryAddPage(TieAddPage):
    """GET, POST …/councils/<pk>/ties/deliveries/new/."""

    form_class = DeliveryForm
    title = _("Deliver papers")
    help = _("Notices, agendas and minutes of this body go to them for information.")
    success_message = _("From now on, the papers go to them too.")

    def thought_of(self, typed: dict[str, Any]) -> Tie | None:
        of_body, role, contact = typed["of_body"], typed["role"], typed["contact"]
        if (contact is None) == (of_body is None or not role) or (contact and (of_body or role)):
            return None
        return PaperDelivery(body=self.record, of_body=of_body, role=role, contact=contact)

    def perform(self, form: DeliveryForm) -> str:
        typed = form.cleaned_data
        actions.deliver_papers_to(
            self.record, of_body=typed["of_body"], role=typed["role"], contact=typed["contact"], by=self.request.user
        )
        return self.back


class TieRemovalPage(Titled, RecordFormPage):
    """Shows what a rule does, and asks before it ends."""

    permission = "meetings.set_practice"
    form_class: ClassVar[Any] = Form
    template_name = "workspace/councils/tie_form.html"
    variant = "warning"
    title: str | Promise
    submit = _("End the rule")
    success_message = _("The rule has ended.")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().listed()  # type: ignore[attr-defined,no-any-return]  # our own querysets

    def permission_object(self) -> Any:
        return self.record.body

    @property
    def caption(self) -> str:
        return f"{self.record.body}: {self.record}"

    @property
    def back(self) -> str:
        return ties_address(self.record.body_id)

    def context(self) -> dict[str, Any]:
        return super().context() | {"effects": effects_of(self.record), "tie": self.record}


class InvitationRemovalPage(TieRemovalPage):
    """GET, POST …/councils/ties/invitations/<pk>/removal/."""

    model = StandingInvitation
    title = _("Invite them no more?")

    def perform(self, form: Form) -> str:
        back = self.back
        actions.stop_inviting(self.record, by=self.request.user)
        return back


class DeliveryRemovalPage(TieRemovalPage):
    """GET, POST …/councils/ties/deliveries/<pk>/removal/."""

    model = PaperDelivery
    title = _("Deliver papers no more?")

    def perform(self, form: Form) -> str:
        back = self.back
        actions.stop_delivering(self.record, by=self.request.user)
        return back
