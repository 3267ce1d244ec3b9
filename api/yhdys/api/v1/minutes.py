"""The minutes of a meeting: read, once published or by whoever reads the meeting's papers; published."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.v1.meeting_steps import Nothing
from yhdys.api.views import RecordEndpoint
from yhdys.meetings.actions import publish_minutes
from yhdys.meetings.models import Attendance, Minutes
from yhdys.meetings.models.minutes import MinutesCorrection


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    """One line of the attendance list."""

    class Meta:
        model = Attendance
        fields = ("name", "role", "organisation", "presence", "in_place_of", "note")
        read_only_fields = fields


class CorrectionSerializer(serializers.ModelSerializer[MinutesCorrection]):
    """A numbered correction after the approval."""

    class Meta:
        model = MinutesCorrection
        fields = ("number", "text", "corrected_at")
        read_only_fields = fields


class MinutesSerializer(serializers.ModelSerializer[Minutes]):
    """The record of a meeting. Its items with what was resolved are on the agenda."""

    text = serializers.CharField(help_text="What belongs to no single item: rich text (HTML).")
    attendance = AttendanceSerializer(source="meeting.attendances", many=True)
    corrections = CorrectionSerializer(many=True)

    class Meta:
        model = Minutes
        fields = (
            "id", "meeting", "kind", "state", "language", "text", "attendance", "corrections", "approved_at",
            "published_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class MinutesView(RecordEndpoint):
    """The minutes or memo of a meeting. The public reads them once they are published."""

    domain = "meetings"
    lookup_field = "pk"
    queryset = Minutes.objects.none()
    serializer_class = MinutesSerializer

    def get_queryset(self) -> QuerySet[Any]:
        known: QuerySet[Any] = Minutes.objects.known_to(self.reader)
        return known.prefetch_related("corrections", "meeting__attendances")

    def find(self, rows: QuerySet[Any]) -> Any:
        return get_object_or_404(rows, meeting=self.kwargs["pk"])


class MinutesPublicationView(MinutesView):
    """The minutes become public."""

    http_method_names = ["post", "options"]
    inputs = {"post": Nothing}

    def post(self, request: Request, pk: Any) -> Response:
        """Publish approved minutes, and send them to those who get the body's papers."""
        self.take(Nothing)
        return self.change("meetings.publish_minutes", publish_minutes)
