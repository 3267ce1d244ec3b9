"""The desk of nomination calls: the list, one call, who is asked and what they answered."""

from functools import cached_property
from typing import Any, TypedDict

from django.contrib import messages
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yhdys.core import access, clock
from yhdys.councils.enums import Appointing, TermState
from yhdys.councils.models import Term
from yhdys.nominations import actions
from yhdys.nominations.emails import preview
from yhdys.nominations.enums import CallKind, CallState, Door
from yhdys.nominations.models import Nomination, NominationCall
from yhdys.nominations.queries import (
    Missing,
    answered_of,
    balance_of,
    lines_of,
    missing_for_appointment,
    missing_for_opening,
    undecided_of,
)
from yhdys.nominations.workflow import may_advance
from yhdys.web.forms import Form
from yhdys.web.naming import NamingForms
from yhdys.web.public.nominations.forms import DecliningForm
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.base import FormPage, ListPage, Page, RecordActionView, RecordFormPage
from yhdys.web.workspace.nominations import forms
from yhdys.web.workspace.nominations.views.base import CallMixin, InvitationMixin, desk_of
from yhdys.web.workspace.titled import Titled
from yhdys.web.workspace.trail import trail_of


class Step(TypedDict):
    """One step of the line."""

    name: str
    state: str


def steps_of(call: NominationCall) -> list[Step]:
    """The line of states, without the proposal where nobody needs one."""
    line = list(CallState)
    if goes_without_proposal(call) and call.proposed_at is None:
        line.remove(CallState.PROPOSED)
    now = line.index(CallState(call.state))
    return [
        {"name": str(state.label), "state": "done" if place < now else "now" if place == now else "next"}
        for place, state in enumerate(line)
    ]


def goes_without_proposal(call: NominationCall) -> bool:
    """Whether the order of appointing leads from closing straight to the appointment."""
    return call.order in (Appointing.DECIDED_THEN_NAMED, Appointing.BY_POST)


class CallListPage(ListPage):
    """GET …/nominations/: the calls, and terms for which one can be prepared."""

    permission = "nominations.view_calls"
    template_name = "workspace/nominations/list.html"

    def queryset(self) -> QuerySet[Any]:
        visible: QuerySet[Any] = NominationCall.objects.visible_to(self.request.user).listed()
        return visible

    def context(self) -> dict[str, Any]:
        terms = Term.objects.visible_to(self.request.user).listed().exclude(state=TermState.ENDED)
        may = [one for one in terms if access.allowed(self.request.user, "nominations.add_call", one)]
        return super().context() | {"terms": may}


class CallAddPage(Titled, RecordFormPage):
    """GET, POST …/nominations/terms/<pk>/new/."""

    permission = "nominations.add_call"
    model = Term
    form_class = forms.CallForm
    title = gettext_lazy("Prepare a request to name members")
    success_message = gettext_lazy("The request has been prepared. Choose next who is asked.")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body")

    @property
    def caption(self) -> str:
        return f"{self.record.body}, {self.record}"

    @property
    def back(self) -> str:
        return reverse("workspace:nominations")

    def form_kwargs(self) -> dict[str, Any]:
        term: Term = self.record
        call = NominationCall(term=term, opens_on=clock.today(), order=term.body.appointing)
        return {"instance": call, "term": term}

    def perform(self, form: forms.CallForm) -> str:
        seats = form.cleaned_data["seats"]
        return desk_of(actions.create_call(form.instance, seats=seats, by=self.request.user))


class CallPage(CallMixin, Page):
    """GET …/nominations/<pk>/: state, next step, who has answered, the balance, history."""

    template_name = "workspace/nominations/desk.html"

    def context(self) -> dict[str, Any]:
        call = self.call
        lines = lines_of(call)
        invitations = list(call.invitations.listed())
        return super().context() | {
            "steps": steps_of(call),
            "missing": [{"text": one.text, "url": desk_of(call, one.part)} for one in self.missing()],
            "lines": lines,
            "invitations": invitations,
            "counts": {str(reply.value): number for reply, number in answered_of(invitations).items()},
            "undecided": undecided_of(lines),
            "unasked": [line for line in lines if not line.invitations],
            "balance": balance_of(call),
            "is_invited": call.kind == CallKind.INVITED,
            "may_propose": may_advance(call, CallState.PROPOSED),
            "may_appoint": may_advance(call, CallState.APPOINTED),
            "may_return": may_advance(call, CallState.OPEN) and call.state == CallState.PROPOSED,
            "trail": trail_of(call, self.request.user, values=False),
        }

    def missing(self) -> list[Missing]:
        """What keeps the call from its next step."""
        match self.call.state:
            case CallState.DRAFT:
                return missing_for_opening(self.call)
            case CallState.CLOSED | CallState.PROPOSED:
                return missing_for_appointment(self.call)
            case _:
                return []


class CallEditPage(CallMixin, Titled, VersionedFormPage):
    """GET, POST …/nominations/<pk>/edit/."""

    permission = "nominations.change_call"
    form_class = forms.CallForm
    title = gettext_lazy("Change the request")
    success_message = gettext_lazy("The changes have been saved.")

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"term": self.call.term}

    def form_of(self, record: Any) -> Any:
        return forms.CallForm(instance=record, term=record.term)

    def perform(self, form: forms.CallForm) -> str:
        actions.change_call(form.instance, seats=form.cleaned_data.get("seats"), by=self.request.user)
        return self.back


class CallRemovalPage(CallMixin, Titled, RecordFormPage):
    """GET, POST …/nominations/<pk>/removal/."""

    permission = "nominations.remove_call"
    form_class = Form
    title = gettext_lazy("Remove the request?")
    submit = gettext_lazy("Remove the request")
    variant = "warning"
    success_message = gettext_lazy("The request has been removed.")

    def perform(self, form: Form) -> str:
        actions.remove_call(self.call, by=self.request.user)
        return reverse("workspace:nominations")


class InvitePage(CallMixin, Titled, RecordFormPage):
    """GET, POST …/nominations/<pk>/invitations/new/; ``?seat=`` chooses beforehand."""

    permission = "nominations.invite"
    form_class = forms.InviteForm
    title = gettext_lazy("Ask an organisation or an authority")
    success_message = gettext_lazy("Added to those who are asked.")

    @property
    def back(self) -> str:
        return desk_of(self.call, "invitations")

    def form_kwargs(self) -> dict[str, Any]:
        return {"call": self.call, "initial": {"seats": self.request.GET.getlist("seat")}}

    def perform(self, form: forms.InviteForm) -> str:
        actions.invite(self.call, by=self.request.user, **form.cleaned_data)
        return self.back


class InviteKnownView(CallMixin, RecordActionView):
    """POST …/nominations/<pk>/invitations/known/: asks the organisation that each seat names."""

    permission = "nominations.invite"

    def perform(self) -> str:
        made = actions.invite_known(self.call, by=self.request.user)
        told = ngettext("{count} was added to the list.", "{count} were added to the list.", len(made))
        messages.success(self.request, told.format(count=len(made)))
        return desk_of(self.call, "invitations")


class AddressPage(InvitationMixin, Titled, VersionedFormPage):
    """GET, POST …/nominations/invitations/<pk>/address/."""

    permission = "nominations.invite"
    form_class = forms.AddressForm
    title = gettext_lazy("Where the letter goes")
    success_message = gettext_lazy("The address has been saved.")

    def perform(self, form: forms.AddressForm) -> str:
        actions.set_address(self.record, email=form.cleaned_data["email"], by=self.request.user)
        return self.back


class InvitationRemovalView(InvitationMixin, RecordActionView):
    """POST …/nominations/invitations/<pk>/removal/."""

    permission = "nominations.invite"
    success_message = gettext_lazy("Taken off the list.")

    def perform(self) -> str:
        back = self.back
        actions.remove_invitation(self.record, by=self.request.user)
        return back


class LetterView(InvitationMixin, RecordActionView):
    """POST …/nominations/invitations/<pk>/letter/: writes anew where a letter failed."""

    permission = "nominations.invite"
    success_message = gettext_lazy("A new letter is on its way.")

    def perform(self) -> str:
        actions.send_letter_again(self.record, by=self.request.user)
        return self.back


class OpeningPage(CallMixin, FormPage):
    """GET shows who gets the letter and the letter itself, POST opens."""

    permission = "nominations.open_call"
    template_name = "workspace/nominations/opening.html"
    form_class = Form

    def context(self) -> dict[str, Any]:
        call = self.call
        return super().context() | {
            "missing": [{"text": one.text, "url": desk_of(call, one.part)} for one in missing_for_opening(call)],
            "invitations": list(call.invitations.listed()),
            "letter": preview(call) if call.kind == CallKind.INVITED else None,
        }

    def perform(self, form: Form) -> str:
        call = actions.open_call(self.call, by=self.request.user)
        if call.kind == CallKind.OPEN:
            messages.success(self.request, _("The request is open on the public site."))
            return desk_of(call)
        count = call.invitations.count()
        told = ngettext(
            "The request is open. {count} letter is on its way.",
            "The request is open. {count} letters are on their way.",
            count,
        )
        messages.success(self.request, told.format(count=count))
        return desk_of(call)


class CloseView(CallMixin, RecordActionView):
    """POST …/nominations/<pk>/closing/."""

    permission = "nominations.close_call"
    success_message = gettext_lazy("The request has been closed. Look at the balance next.")

    def perform(self) -> str:
        actions.close_call(self.call, by=self.request.user)
        return self.back


class NotePage(InvitationMixin, FormPage):
    """GET, POST …/nominations/invitations/<pk>/answer/: what somebody told by telephone; ``decline`` names nobody."""

    permission = "nominations.note_answer"
    template_name = "workspace/nominations/note.html"
    success_message = gettext_lazy("The answer has been noted.")

    @cached_property
    def declines(self) -> bool:
        """Whether the button of naming nobody was pressed."""
        return self.request.method == "POST" and "decline" in self.request.POST

    @cached_property
    def declining(self) -> DecliningForm:
        """The form of naming nobody."""
        return DecliningForm(self.request.POST if self.declines else None, initial={"note": self.record.note})

    @cached_property
    def naming(self) -> NamingForms:
        """The forms of the seats."""
        sent = self.request.POST if self.request.method == "POST" and not self.declines else None
        return NamingForms(sent, invitation=self.record)

    def make_form(self) -> Any:
        return self.declining if self.declines else self.naming

    def context(self) -> dict[str, Any]:
        version = self.request.POST.get("version", self.record.version)
        return super().context() | {
            "invitation": self.record,
            "forms": self.naming.forms,
            "declining": self.declining,
            "with_mistakes": self.naming.mistaken or (self.declining if self.declining.errors else None),
            "version": version if not self.naming.mistaken else self.fresh_version(),
        }

    def fresh_version(self) -> str:
        """The version that the answer has now: who has been told of another's answer sends again against it."""
        found = self.queryset().get(pk=self.record.pk)
        return str(found.version)

    def perform(self, form: Any) -> str:
        version = self.request.POST.get("version", "")
        if self.declines:
            note = form.cleaned_data["note"]
            actions.decline_call(self.record, note=note, way=Door.DESK, version=version, by=self.request.user)
        else:
            actions.answer_call(self.record, form.names(), way=Door.DESK, version=version, by=self.request.user)
        return self.back


class ChoiceView(CallMixin, RecordActionView):
    """POST …/nominations/names/<pk>/choice/: takes a nomination into the proposal."""

    permission = "nominations.choose_nomination"
    model = Nomination  # type: ignore[assignment]  # of its call
    success_message = gettext_lazy("Chosen into the proposal.")

    @property
    def call(self) -> NominationCall:
        found: NominationCall = self.record.call
        return found

    def perform(self) -> str:
        actions.choose_nomination(self.record, by=self.request.user)
        return desk_of(self.call, "answers")


class LinkPage(Titled, RecordFormPage):
    """GET, POST …/nominations/names/<pk>/organisation/."""

    permission = "nominations.choose_nomination"
    model = Nomination
    form_class = forms.LinkForm
    title = gettext_lazy("Which organisation of the directory is this?")
    success_message = gettext_lazy("The organisation has been noted.")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().with_people()  # type: ignore[attr-defined, no-any-return]  # our own queryset

    @property
    def caption(self) -> str:
        return str(self.record.named_by)

    @property
    def back(self) -> str:
        return desk_of(self.record.call, "answers")

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.record}

    def perform(self, form: forms.LinkForm) -> str:
        actions.link_organisation(self.record, form.cleaned_data["organisation"], by=self.request.user)
        return self.back
