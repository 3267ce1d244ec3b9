"""Calling a meeting: the preview of who gets which letter, and the call; cancelling and moving."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yhdys.core import clock
from yhdys.meetings.actions import add_guest, cancel_meeting, convene_meeting, remove_guest, reschedule_meeting
from yhdys.meetings.emails import preview
from yhdys.meetings.models import Guest, Meeting
from yhdys.meetings.queries import Recipient, call_due, missing_for_call, recipients
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import ActionView, FormPage
from yhdys.web.workspace.meetings.forms import ConvocationForm, GuestForm, MoveForm, ReasonForm
from yhdys.web.workspace.meetings.views.base import MeetingMixin, PartMixin, desk_of


class ConvocationPage(MeetingMixin, FormPage):
    """GET shows who will be called, why, and the letter; POST calls. ``preview`` in the POST only shows again."""

    permission = "meetings.convene_meeting"
    template_name = "workspace/meetings/convocation.html"
    form_class = ConvocationForm
    part = "call"

    @cached_property
    def called(self) -> list[Recipient]:
        """Everybody whom the call concerns."""
        return recipients(self.record)

    def context(self) -> dict[str, Any]:
        meeting: Meeting = self.record
        text = self.form.cleaned_data.get("text", "") if self.form.is_bound and self.form.is_valid() else ""
        missing = missing_for_call(meeting, self.called)
        due = call_due(meeting)
        return super().context() | {
            "called": self.called,
            "reachable": [one for one in self.called if one.email],
            "unreachable": [one for one in self.called if not one.email],
            "missing": [{"text": one.text, "url": desk_of(meeting, one.part)} for one in missing],
            "letter": preview(meeting, text) if meeting.starts_at is not None else None,
            "due": due,
            "is_late": due is not None and due < clock.today(),
            "guests": list(meeting.guests.select_related("item")),
        }

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "preview" in request.POST:
            return self.render(status=200 if self.form.is_valid() else 422)
        return super().post(request, *args, **kwargs)

    def perform(self, form: ConvocationForm) -> str:
        convene_meeting(self.record, by=self.request.user, text=form.cleaned_data["text"])
        count = sum(bool(one.email) for one in self.called)
        told = ngettext(
            "The meeting has been called. {count} letter is on its way.",
            "The meeting has been called. {count} letters are on their way.",
            count,
        )
        messages.success(self.request, told.format(count=count))
        return desk_of(self.record)  # Its top, where the page says that the letters leave.


class GuestAddPage(MeetingMixin, FormPage):
    """GET, POST: a guest of the meeting or of one item."""

    permission = "meetings.change_meeting"
    template_name = "workspace/meetings/guest.html"
    form_class = GuestForm
    part = "call"
    success_message = _("The guest is on the list of those who are called.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"meeting": self.record, "initial": {"language": "fi"}}

    def perform(self, form: GuestForm) -> str:
        add_guest(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.record, self.part)


class GuestRemovalView(PartMixin, ActionView):
    """POST: the guest is not called after all."""

    model = Guest
    permission = "meetings.change_meeting"
    part = "call"
    success_message = _("The guest has been removed.")

    def permission_object(self) -> Any:
        return self.meeting

    def perform(self) -> str:
        meeting = self.meeting
        remove_guest(self.record, by=self.request.user)
        return desk_of(meeting, self.part)


class CancellationPage(MeetingMixin, FormPage):
    """GET asks for the reason, POST cancels and tells everybody who was called."""

    permission = "meetings.cancel_meeting"
    template_name = "workspace/meetings/cancellation.html"
    form_class = ReasonForm
    success_message = _("The meeting has been cancelled, and everybody who was called is told.")

    def context(self) -> dict[str, Any]:
        return super().context() | {"was_called": self.record.convocations.exists()}

    def perform(self, form: ReasonForm) -> str:
        cancel_meeting(self.record, by=self.request.user, reason=form.cleaned_data["reason"])
        return desk_of(self.record)


class MovePage(MeetingMixin, FormPage):
    """GET asks for the new time and the reason, POST moves. Without a time the new one stays open."""

    permission = "meetings.reschedule_meeting"
    template_name = "workspace/meetings/move.html"
    form_class = MoveForm
    success_message = _("The meeting has been moved, and everybody who was called is told.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"place_fi": self.record.place_fi}}

    def context(self) -> dict[str, Any]:
        return super().context() | {"was_called": self.record.convocations.exists()}

    def perform(self, form: MoveForm) -> str:
        given = form.cleaned_data
        reschedule_meeting(
            self.record,
            by=self.request.user,
            reason=given["reason"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            place=given["place_fi"],
        )
        return desk_of(self.record)
