"""The steps of a meeting's life, each an address of its own. What a step sends to people, the same action sends."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.fields import Input, Moment
from yhdys.api.v1.meetings import MeetingView
from yhdys.meetings.actions import (
    announce_meeting,
    cancel_meeting,
    close_meeting,
    convene_meeting,
    hold_meeting,
    reschedule_meeting,
    withdraw_announcement,
)


class Nothing(Input):
    """An empty object."""


class CallInput(Input):
    """What the letter says besides the meeting itself."""

    text = serializers.CharField(max_length=5000, allow_blank=True, required=False, default="")


class ReasonInput(Input):
    """Why; those who were called and the public read it."""

    reason = serializers.CharField(max_length=500)


class MoveInput(ReasonInput):
    """The new time; without one it stays open."""

    starts_at = Moment(allow_null=True, required=False, default=None)
    ends_at = Moment(allow_null=True, required=False, default=None)
    place = serializers.CharField(max_length=200, allow_blank=True, allow_null=True, required=False, default=None)


class AnnouncementView(MeetingView):
    """The meeting in the public calendar: its time, place and theme, not its agenda."""

    http_method_names = ["post", "delete", "options"]
    inputs = {"post": Nothing}

    def post(self, request: Request, pk: Any) -> Response:
        """Put it there."""
        self.take(Nothing)
        return self.change("meetings.announce_meeting", announce_meeting)

    def delete(self, request: Request, pk: Any) -> Response:
        """Take a draft out again."""
        return self.remove("meetings.announce_meeting", withdraw_announcement)


class ConvocationView(MeetingView):
    """The call."""

    http_method_names = ["post", "options"]
    inputs = {"post": CallInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Call the meeting: letters with the agenda leave for everybody whom it concerns."""
        return self.change("meetings.convene_meeting", convene_meeting, **self.take(CallInput).validated_data)


class MoveView(MeetingView):
    """A new time."""

    http_method_names = ["post", "options"]
    inputs = {"post": MoveInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Move the meeting. Whoever was called is told, and asked anew."""
        return self.change("meetings.reschedule_meeting", reschedule_meeting, **self.take(MoveInput).validated_data)


class CancellationView(MeetingView):
    """The meeting will not be held."""

    http_method_names = ["post", "options"]
    inputs = {"post": ReasonInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Cancel the meeting. Whoever was called is told why."""
        return self.change("meetings.cancel_meeting", cancel_meeting, **self.take(ReasonInput).validated_data)


class HoldingView(MeetingView):
    """The meeting is held."""

    http_method_names = ["post", "options"]
    inputs = {"post": Nothing}

    def post(self, request: Request, pk: Any) -> Response:
        """Open its record, once its time has come."""
        self.take(Nothing)
        return self.change("meetings.hold_meeting", hold_meeting)


class ClosingView(MeetingView):
    """Nothing of the meeting is open any more."""

    http_method_names = ["post", "options"]
    inputs = {"post": Nothing}

    def post(self, request: Request, pk: Any) -> Response:
        """Close it, once every item has its outcome."""
        self.take(Nothing)
        return self.change("meetings.close_meeting", close_meeting)
