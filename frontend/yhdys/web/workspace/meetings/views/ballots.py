"""Votes and elections at an item, in the record of a held meeting."""

from functools import cached_property
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import Role
from yhdys.councils.rules import forget_standing
from yhdys.meetings.actions import Stood, record_election, record_vote, remove_vote, undo_election
from yhdys.meetings.enums import MeetingKind
from yhdys.meetings.models import Election, Meeting, Vote
from yhdys.organisations.models import Contact
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import ActionView, FormPage, Page
from yhdys.web.workspace.meetings.forms import CandidateFormSet, ElectionForm, VoteForm
from yhdys.web.workspace.meetings.views.agenda import ItemMixin
from yhdys.web.workspace.meetings.views.base import PartMixin, desk_of


def after_ballot(page: PartMixin, meeting: Meeting, item: Any) -> str:
    """Back to the item's record for whoever may go on writing it; an election may have ended the writer's rights."""
    forget_standing(page.request.user)
    if page.allowed("meetings.record_meeting", meeting):
        return reverse("workspace:agenda-item-outcome", kwargs={"pk": item.pk})
    if page.allowed("meetings.view_meeting", meeting):
        return desk_of(meeting, f"item-{item.number}")
    return reverse("workspace:home")


class VoteAddPage(ItemMixin, FormPage):
    """GET, POST: how many were for, against and blank."""

    permission = "meetings.record_meeting"
    template_name = "workspace/meetings/vote.html"
    form_class = VoteForm
    success_message = _("The vote has been recorded.")

    def context(self) -> dict[str, Any]:
        back = reverse("workspace:agenda-item-outcome", kwargs={"pk": self.record.pk})
        return super().context() | {"item": self.record, "back": back}

    def perform(self, form: VoteForm) -> str:
        record_vote(self.record, by=self.request.user, **form.cleaned_data)
        return after_ballot(self, self.meeting, self.record)


class VoteRemovalView(PartMixin, ActionView):
    """POST: the vote was written by mistake."""

    model = Vote
    to_meeting = "item__meeting"
    permission = "meetings.record_meeting"
    success_message = _("The vote has been removed.")

    def perform(self) -> str:
        meeting, item = self.meeting, self.record.item
        remove_vote(self.record, by=self.request.user)
        return after_ballot(self, meeting, item)


class ElectionAddPage(ItemMixin, FormPage):
    """GET, POST: who stood and who was elected. An elected officer is in office at once."""

    permission = "meetings.record_election"
    template_name = "workspace/meetings/election.html"
    form_class = ElectionForm
    success_message = _("The election has been recorded.")

    @cached_property
    def candidates(self) -> Any:
        """The rows of those who stood."""
        sent = self.request.POST if self.request.method == "POST" else None
        return CandidateFormSet(
            sent,
            prefix="candidates",
            initial=[{"is_elected": True}],
            form_kwargs={"people": Contact.objects.listed(), "use_required_attribute": False},
        )

    def context(self) -> dict[str, Any]:
        rows = self.candidates.forms
        return super().context() | {
            "item": self.record,
            "back": reverse("workspace:agenda-item-outcome", kwargs={"pk": self.record.pk}),
            "candidates": self.candidates,
            "first": rows[0],
            "others": rows[1:],
            "has_others": any(row.is_bound and (row.has_changed() or row.errors) for row in rows[1:]),
            "is_constitutive": self.meeting.kind == MeetingKind.CONSTITUTIVE,
        }

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.candidates.is_valid():
            self.form.is_valid()
            return self.render(status=422)
        return super().post(request, *args, **kwargs)

    def perform(self, form: ElectionForm) -> str:
        given = form.cleaned_data
        stood = [
            Stood(name=data["name"], contact=data["contact"], votes=data["votes"], is_elected=data["is_elected"])
            for data in (row.cleaned_data for row in self.candidates.forms if not row.is_empty)
        ]
        record_election(
            self.record,
            by=self.request.user,
            candidates=stood,
            office="" if given["office"] == "other" else given["office"],
            task=given["task"],
            blank=given["blank"],
        )
        return after_ballot(self, self.meeting, self.record)


class ElectionUndoPage(PartMixin, Page):
    """GET tells what would be taken back, POST does it."""

    model = Election
    to_meeting = "item__meeting"
    permission = "meetings.record_election"
    template_name = "workspace/meetings/election_undo.html"

    def context(self) -> dict[str, Any]:
        election: Election = self.record
        return super().context() | {
            "election": election,
            "back": reverse("workspace:agenda-item-outcome", kwargs={"pk": election.item_id}),
            "role": Role(election.office).label if election.office else "",
            "former": election.former.contact if election.former is not None else None,
        }

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        meeting, item = self.meeting, self.record.item
        try:
            undo_election(self.record, by=request.user)
        except ActionRefused as refusal:
            return self.render(status=409, refusal=str(refusal))
        return self.success(_("The election has been undone."), after_ballot(self, meeting, item))
