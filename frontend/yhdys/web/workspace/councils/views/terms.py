"""Pages of terms, seats and members."""

from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.councils import actions
from yhdys.councils.enums import OFFICERS, Role
from yhdys.councils.models import Body, Membership, Seat, Term
from yhdys.councils.queries import earlier_terms
from yhdys.councils.unfinished import title_of
from yhdys.web.forms import Form
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.base import FormPage, RecordActionView, RecordFormPage, RecordPage
from yhdys.web.workspace.councils import forms
from yhdys.web.workspace.councils.steps import missing_of, steps_of
from yhdys.web.workspace.titled import Titled
from yhdys.web.workspace.trail import trail_of


def term_address(term: Term) -> str:
    """The term's page."""
    return reverse("workspace:term", kwargs={"pk": term.pk})


class OfTerm:
    """Mixin: leads back to the term's page."""

    record: Any

    @property
    def term(self) -> Term:
        """The term that the page is about."""
        term: Term = self.record if isinstance(self.record, Term) else self.record.term
        return term

    @property
    def caption(self) -> str:
        """Body and term."""
        return f"{self.term.body}, {self.term}"

    @property
    def back(self) -> str:
        """The term's page."""
        return term_address(self.term)


class TermPage(RecordPage):
    """GET …/terms/<pk>/: its steps and the next one, seats with holders, officers."""

    permission = "councils.view_body"
    model = Term
    template_name = "workspace/councils/term.html"

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body", "convener", "decision")

    def context(self) -> dict[str, Any]:
        term: Term = self.record
        may_change = self.allowed("councils.change_term", term)
        memberships = list(term.memberships.listed())
        seats = list(Seat.objects.of_term(term).listed())
        day = min(max(clock.today(), term.start), term.end or clock.today())
        lines = [(seat, [one for one in memberships if one.seat_id == seat.pk]) for seat in seats]
        vacant = [seat for seat, holders in lines if not any(_sits(one, day) for one in holders)]
        earlier = [one for one in earlier_terms(term.body) if one.pk != term.pk]
        return super().context() | {
            "term": term,
            "steps": steps_of(term),
            "missing": missing_of(term),
            "lines": lines,
            "vacant": vacant,
            "settlements": [
                (title, list(settled))
                for title, settled in groupby(term.settlements.listed(), key=lambda one: title_of(one.source))
            ],
            "officers": [one for one in memberships if one.role in OFFICERS and one.seat_id is None],
            "others": [one for one in memberships if one.role not in OFFICERS and one.seat_id is None],
            "source": earlier[0] if earlier and not seats else None,
            "trail": trail_of(term, self.request.user, values=may_change),
            "may_change_term": may_change,
            "may_change_members": self.allowed("councils.change_members", term),
        }


def _sits(membership: Membership, day: Any) -> bool:
    return membership.role != Role.DEPUTY and membership.holds_on(day)


class TermAddPage(Titled, FormPage):
    """GET, POST …/councils/<pk>/terms/new/."""

    permission = "councils.change_term"
    form_class = forms.TermForm
    title = _("Plan a term")
    success_message = _("The term has been planned. Add its seats next.")

    @cached_property
    def body(self) -> Body:
        """Whose term it will be."""
        body: Body = get_object_or_404(Body.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        return body

    def permission_object(self) -> Any:
        return self.body

    @property
    def caption(self) -> str:
        return str(self.body)

    @property
    def back(self) -> str:
        return reverse("workspace:body-terms", kwargs={"pk": self.body.pk})

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": Term(body=self.body)}

    def perform(self, form: forms.TermForm) -> str:
        return term_address(actions.plan_term(form.instance, by=self.request.user))


class TermEditPage(OfTerm, Titled, VersionedFormPage):
    """GET, POST …/terms/<pk>/edit/."""

    permission = "councils.change_term"
    model = Term
    form_class = forms.TermForm
    title = _("Change the term")
    success_message = _("The changes have been saved.")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body")

    def perform(self, form: forms.TermForm) -> str:
        actions.change_term(form.instance, by=self.request.user)
        return self.back


class TermActionView(OfTerm, RecordActionView):
    """POST only: one step of a term's life."""

    permission = "councils.change_term"
    model = Term

    def refused_url(self) -> str:
        return self.back


class StartTermView(TermActionView):
    """POST …/terms/<pk>/start/."""

    success_message = _("The term has started.")

    def perform(self) -> str:
        actions.start_term(self.record, by=self.request.user)
        return self.back


class ReviewTermView(TermActionView):
    """POST …/terms/<pk>/review/."""

    success_message = _("The pilot is under review.")

    def perform(self) -> str:
        actions.begin_review(self.record, by=self.request.user)
        return self.back


class CopySeatsView(TermActionView):
    """POST …/terms/<pk>/seats/copy/: the seats of the term before it."""

    success_message = _("The seats have been copied. Change what is different.")

    def perform(self) -> str:
        earlier = [one for one in earlier_terms(self.record.body) if one.pk != self.record.pk]
        if not earlier:
            raise Http404
        actions.copy_seats(earlier[0], self.record, by=self.request.user)
        return self.back


class ContinueTermPage(OfTerm, Titled, RecordFormPage):
    """GET, POST …/terms/<pk>/continuation/: a reviewed pilot goes on."""

    permission = "councils.change_term"
    model = Term
    form_class = forms.ContinueTermForm
    title = _("Let the pilot go on")
    submit = _("Go on")
    success_message = _("The term goes on.")

    def perform(self, form: forms.ContinueTermForm) -> str:
        actions.continue_term(self.record, end=form.cleaned_data["end"], by=self.request.user)
        return self.back


class ConstitutePage(OfTerm, Titled, RecordFormPage):
    """GET, POST …/terms/<pk>/constitution/: what the constitutive meeting elected."""

    permission = "councils.change_members"
    model = Term
    form_class = forms.ConstituteForm
    title = _("Note the constitutive meeting")
    help = _("Those elected get the rights of their offices at once, and the convener’s rights end.")
    success_message = _("The officers are in office.")

    def perform(self, form: forms.ConstituteForm) -> str:
        actions.constitute_term(self.record, on=form.cleaned_data["on"], elected=form.elected(), by=self.request.user)
        return self.back


class SeatAddPage(OfTerm, Titled, RecordFormPage):
    """GET, POST …/terms/<pk>/seats/new/."""

    permission = "councils.change_term"
    model = Term
    form_class = forms.SeatForm
    title = _("Add a seat")
    success_message = _("The seat has been added.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": Seat(term=self.record)}

    def perform(self, form: forms.SeatForm) -> str:
        actions.add_seat(form.instance, by=self.request.user)
        return self.back


class OfSeat(OfTerm, Titled, RecordFormPage):
    """A form about one seat."""

    permission = "councils.change_term"
    model = Seat

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().with_represented()  # type: ignore[attr-defined,no-any-return]  # our own queryset

    @property
    def caption(self) -> str:
        return f"{self.term.body}, {self.record}"


class SeatEditPage(OfSeat, VersionedFormPage):
    """GET, POST …/seats/<pk>/edit/."""

    form_class = forms.SeatForm
    title = _("Change the seat")
    success_message = _("The changes have been saved.")

    def perform(self, form: forms.SeatForm) -> str:
        actions.change_seat(form.instance, by=self.request.user)
        return self.back


class SeatRemovalPage(OfSeat):
    """GET, POST …/seats/<pk>/removal/."""

    form_class = Form
    title = _("Remove the seat?")
    submit = _("Remove the seat")
    variant = "warning"
    success_message = _("The seat has been removed.")

    def perform(self, form: Form) -> str:
        back = self.back
        actions.remove_seat(self.record, by=self.request.user)
        return back


class HandOverPage(OfSeat):
    """GET, POST …/seats/<pk>/successor/."""

    form_class = forms.HandOverForm
    title = _("Let a successor take over the seat")
    success_message = _("The seat has passed to the successor.")

    def perform(self, form: forms.HandOverForm) -> str:
        cleaned = form.cleaned_data
        actions.hand_over_seat(
            self.record, cleaned["to"], on=cleaned["on"], keep_holders=cleaned["keep_holders"], by=self.request.user
        )
        return self.back


class AppointPage(OfTerm, Titled, RecordFormPage):
    """GET, POST …/terms/<pk>/members/new/, ``?seat=`` and ``?role=`` choose beforehand."""

    permission = "councils.change_members"
    model = Term
    form_class = forms.AppointForm
    title = _("Appoint a member or an officer")
    submit = _("Appoint")
    success_message = _("Appointed.")

    def form_kwargs(self) -> dict[str, Any]:
        wishes = {name: self.request.GET[name] for name in ("seat", "role") if name in self.request.GET}
        return {"term": self.record, "initial": wishes}

    def perform(self, form: forms.AppointForm) -> str:
        cleaned = form.cleaned_data
        actions.appoint(
            term=self.record,
            seat=cleaned["seat"],
            contact=cleaned["contact"],
            role=Role(cleaned["role"]),
            start=cleaned["start"],
            end=cleaned["end"],
            organisation=cleaned["organisation"],
            authority=cleaned["authority"],
            by=self.request.user,
        )
        return self.back


class OfMembership(OfTerm, Titled, RecordFormPage):
    """A form about one membership."""

    permission = "councils.change_members"
    model = Membership

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("term__body", "body", "contact", "seat")

    @property
    def caption(self) -> str:
        return f"{self.record}, {self.term.body}"


class EndMembershipPage(OfMembership):
    """GET, POST …/members/<pk>/end/."""

    form_class = forms.EndMembershipForm
    title = _("End the membership")
    submit = _("End the membership")
    variant = "warning"
    success_message = _("The membership ends on the day you gave.")

    def perform(self, form: forms.EndMembershipForm) -> str:
        actions.end_membership(self.record, on=form.cleaned_data["on"], by=self.request.user)
        return self.back


class ReplacePage(OfMembership):
    """GET, POST …/members/<pk>/replacement/."""

    form_class = forms.ReplaceForm
    title = _("Replace the person")
    help = _("The seat or office goes on with the new person to the same last day; deputies stay.")
    submit = _("Replace")
    success_message = _("Replaced.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"membership": self.record}

    def perform(self, form: forms.ReplaceForm) -> str:
        actions.replace(
            self.record, form.cleaned_data["contact"], start=form.cleaned_data["start"], by=self.request.user
        )
        return self.back
