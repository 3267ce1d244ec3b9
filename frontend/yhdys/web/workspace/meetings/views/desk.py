"""The meeting desk: where a meeting stands, what is missing for its next step, and that one step."""

from collections import Counter
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.core import clock
from yhdys.core.text import name_key
from yhdys.meetings.actions import (
    announce_meeting,
    change_meeting,
    close_meeting,
    hold_meeting,
    remove_meeting,
    withdraw_announcement,
)
from yhdys.meetings.actions.reading import note_items_read
from yhdys.meetings.enums import FOR_INFORMATION, Answer, DocumentKind, InvitationRole, MeetingState, Outcome
from yhdys.meetings.models import Attendance, Invitation, Meeting
from yhdys.meetings.queries import (
    WEIGHT,
    call_due,
    document_sizes,
    items_waiting,
    matters_waiting,
    missing_for_call,
    missing_for_closing,
    quorum_of,
    quorum_outlook,
)
from yhdys.web.public.meetings.views import meeting_context
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import ActionView, Page
from yhdys.web.workspace.meetings.forms import BasicsForm
from yhdys.web.workspace.meetings.views.agenda import agenda_context
from yhdys.web.workspace.meetings.views.answers import own_invitation
from yhdys.web.workspace.meetings.views.base import MeetingMixin, MeetingVersionedPage, desk_of
from yhdys.web.workspace.trail import trail_of

BASICS = (
    "title_fi", "title_sv", "title_en", "kind", "starts_at", "ends_at", "place_fi", "address", "remote_link",
    "theme_fi",
)  # fmt: skip
RIGHTS = (
    "change_meeting", "change_agenda", "announce_meeting", "convene_meeting", "cancel_meeting", "reschedule_meeting",
    "note_answer", "send_again", "view_answers", "hold_meeting", "record_meeting", "close_meeting", "remove_meeting",
    "write_minutes", "view_history", "add_meeting",
)  # fmt: skip


class MeetingDesk(MeetingMixin, Page):
    """GET …/kokoukset/<pk>/."""

    template_name = "workspace/meetings/desk.html"

    def context(self) -> dict[str, Any]:
        meeting: Meeting = self.record
        may = {name: self.allowed(f"meetings.{name}", meeting) for name in RIGHTS if name != "add_meeting"}
        may["add_meeting"] = self.allowed("meetings.add_meeting", meeting.body)
        context = super().context() | agenda_context(meeting) | {"may": may} | self._step(meeting, may)
        context |= self._papers(meeting) | self._answers(meeting, may)
        note_items_read(meeting, context["items"], by=self.request.user)
        attendances = sorted(meeting.attendances.all(), key=_by_weight)
        return context | {
            "own": own_invitation(self.request.user, meeting),
            "attendances": attendances,
            "quorum": quorum_of(meeting, attendances) if attendances else None,
            "minutes": getattr(meeting, "minutes", None),
            "moves": list(meeting.moves.all()),
            "agenda_size": document_sizes(meeting, public=False).get((DocumentKind.AGENDA, None)),
            "is_announced": hasattr(meeting, "announcement"),
            "is_cancelled": meeting.state == MeetingState.CANCELLED,
            **self._waiting(meeting, may),
            "trail": trail_of(meeting, self.request.user, values=True) if may["view_history"] else [],
        }

    def _step(self, meeting: Meeting, may: dict[str, bool]) -> dict[str, Any]:
        """The line of steps, what is missing for the next one, and that one as the single primary button."""
        missing = []
        primary: dict[str, Any] | None = None
        due = call_due(meeting)
        if meeting.is_being_prepared and may["convene_meeting"]:
            missing = missing_for_call(meeting)
            if may["change_agenda"] and not meeting.agenda_items.exists():
                primary = {"label": _("Add an item"), "url": _url("agenda-item-add", meeting), "get": True}
            else:
                convocation = _url("meeting-convocation", meeting)
                primary = {"label": _("See who is called, and call"), "url": convocation, "get": True}
        elif meeting.state == MeetingState.CONVENED and may["hold_meeting"] and meeting.has_begun:
            primary = {"label": _("Open the record of the meeting"), "url": _url("meeting-holding", meeting)}
        elif meeting.state == MeetingState.HELD and may["close_meeting"]:
            missing = missing_for_closing(meeting)
            if not meeting.attendances.exists():
                primary = {"label": _("Record the attendance"), "url": _url("meeting-attendance", meeting), "get": True}
            elif missing:
                first = meeting.agenda_items.filter(outcome="").order_by("number").first()
                primary = {
                    "label": _("Record the outcomes"),
                    "url": reverse("workspace:agenda-item-outcome", kwargs={"pk": first.pk}) if first else "",
                    "get": True,
                }
            elif not hasattr(meeting, "minutes") or not meeting.minutes.is_published:
                primary = {"label": _("To the minutes"), "url": _url("meeting-minutes", meeting), "get": True}
            else:
                primary = {"label": _("Close the meeting"), "url": _url("meeting-closing", meeting)}
        elif meeting.state == MeetingState.CLOSED and may["write_minutes"]:
            primary = {"label": _("To the minutes"), "url": _url("meeting-minutes", meeting), "get": True}
        return {
            "steps": steps_of(meeting),
            "missing": [{"text": one.text, "url": f"#{one.part}"} for one in missing],
            "primary": primary,
            "due": due,
            "is_late": meeting.is_being_prepared and due is not None and due < clock.today(),
        }

    def _waiting(self, meeting: Meeting, may: dict[str, bool]) -> dict[str, int]:
        if not may["change_agenda"]:
            return {"tabled": 0, "matters": 0}
        items = items_waiting(meeting)
        tabled = sum(item.outcome == Outcome.TABLED for item in items)
        return {"tabled": tabled, "matters": len(items) + sum(len(one.matters) for one in matters_waiting(meeting))}

    def _papers(self, meeting: Meeting) -> dict[str, Any]:
        papers = list(meeting.papers.select_related("item"))
        return {"papers": papers, "papers_of_meeting": [paper for paper in papers if paper.item_id is None]}

    def _answers(self, meeting: Meeting, may: dict[str, bool]) -> dict[str, Any]:
        if not may["view_answers"] or meeting.state == MeetingState.DRAFT:
            return {"invitations": [], "counts": [], "outlook": None, "failed": [], "unreachable": []}
        invitations = sorted(Invitation.objects.to(meeting).current().for_desk(), key=_by_weight)
        asked = {one.deputy_id for one in invitations if one.answer == Answer.DEPUTY}
        for one in invitations:
            one.is_for_information = one.role in FOR_INFORMATION and one.contact_id not in asked  # type: ignore[attr-defined]  # for the page
        told = _told_last(meeting) if meeting.state == MeetingState.CANCELLED else invitations
        counted = Counter(one.answer for one in invitations if one.is_answered or not one.is_for_information)  # type: ignore[attr-defined]  # as above
        return {
            "invitations": invitations,
            "counts": [{"value": counted[one], "label": one.label} for one in Answer if counted[one]],
            "outlook": quorum_outlook(meeting, invitations),
            "failed": [one for one in told if one.has_failed],
            "unreachable": [one for one in told if not one.email],
        }


def _by_weight(one: Invitation | Attendance) -> tuple[int, str]:
    """The weightiest role first, then by family name: as the list of those who are called."""
    return WEIGHT[InvitationRole(one.role)], name_key(one.name)


def _told_last(meeting: Meeting) -> list[Invitation]:
    last = meeting.convocations.order_by("-sequence").first()
    return list(last.invitations.for_desk()) if last is not None else []


def _url(name: str, meeting: Meeting) -> str:
    return reverse(f"workspace:{name}", kwargs={"pk": meeting.pk})


def steps_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The states of a meeting as a line, with where it stands; a cancelled one ends where it was cancelled."""
    order = [MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.HELD, MeetingState.CLOSED]
    state = MeetingState(meeting.state)
    if state == MeetingState.CANCELLED:
        return [
            {"name": MeetingState.DRAFT.label, "state": "done"},
            {"name": state.label, "state": "now"},
        ]
    if state == MeetingState.RESCHEDULED:
        order[0] = state
    now = order.index(state)
    finished = now == len(order) - 1
    return [
        {
            "name": one.label,
            "state": "done" if place < now or finished else "now" if place == now else "next",
        }
        for place, one in enumerate(order)
    ]


class MeetingChangePage(MeetingMixin, MeetingVersionedPage):
    """GET, POST: title, time, place. After the call the time has its own page."""

    permission = "meetings.change_meeting"
    template_name = "workspace/meetings/basics.html"
    form_class = BasicsForm
    part = "basics"
    success_message = gettext_lazy("The meeting has been saved.")

    def initial_of(self, record: Meeting) -> dict[str, Any]:
        return {name: getattr(record, name) for name in BASICS}

    def more_kwargs(self) -> dict[str, Any]:
        return {"time_is_fixed": self.record.state == MeetingState.CONVENED}

    def perform(self, form: BasicsForm) -> str:
        change_meeting(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.record)


class MeetingPreviewPage(MeetingMixin, Page):
    """GET: the meeting as the public sees it, or will see it when it has been called and its minutes published."""

    template_name = "workspace/meetings/preview.html"

    def context(self) -> dict[str, Any]:
        return super().context() | meeting_context(self.record, as_published=True)


class RemovalPage(MeetingMixin, Page):
    """GET asks, POST removes a draft that nobody has heard of."""

    permission = "meetings.remove_meeting"
    template_name = "workspace/meetings/removal.html"

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        remove_meeting(self.record, by=request.user)
        return self.success(_("The meeting has been removed."), reverse("workspace:meetings"))

    def refused_url(self) -> str:
        return desk_of(self.record)


class MeetingAction(MeetingMixin, ActionView):
    """POST only: one step of a meeting."""


class AnnouncementView(MeetingAction):
    """POST: the meeting stands in the public calendar."""

    permission = "meetings.announce_meeting"
    success_message = gettext_lazy("The meeting is in the public calendar.")

    def perform(self) -> str:
        announce_meeting(self.record, by=self.request.user)
        return desk_of(self.record)


class AnnouncementWithdrawalView(MeetingAction):
    """POST: the meeting leaves the public calendar."""

    permission = "meetings.announce_meeting"
    success_message = gettext_lazy("The meeting is no longer in the public calendar.")

    def perform(self) -> str:
        withdraw_announcement(self.record, by=self.request.user)
        return desk_of(self.record)


class HoldingView(MeetingAction):
    """POST: the meeting is held; its record is open."""

    permission = "meetings.hold_meeting"
    success_message = gettext_lazy("The record of the meeting is open.")

    def perform(self) -> str:
        hold_meeting(self.record, by=self.request.user)
        return desk_of(self.record)

    def refused_url(self) -> str:
        return desk_of(self.record)


class ClosingView(MeetingAction):
    """POST: nothing of the meeting is open any more."""

    permission = "meetings.close_meeting"
    success_message = gettext_lazy("The meeting has been closed.")

    def perform(self) -> str:
        close_meeting(self.record, by=self.request.user)
        return desk_of(self.record)
