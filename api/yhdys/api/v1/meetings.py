"""A region's meetings, as its public calendar shows them. Never the link for taking part, never an invitation."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from yhdys.api.reading import ReadableList, Translated
from yhdys.meetings.enums import MinutesState
from yhdys.meetings.models import Meeting


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """One meeting of one body."""

    body = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    title = Translated()
    theme = Translated()
    place = Translated()
    minutes_published_at = serializers.SerializerMethodField(help_text="Null until the minutes are published.")
    url = serializers.SerializerMethodField(help_text="Its page for people: agenda, papers, minutes.")

    class Meta:
        model = Meeting
        fields = (
            "id", "slug", "body", "kind", "state", "title", "theme", "starts_at", "ends_at", "place", "address",
            "reason", "minutes_published_at", "updated_at", "url",
        )  # fmt: skip

    @extend_schema_field({"type": "string", "format": "date-time", "nullable": True})
    def get_minutes_published_at(self, meeting: Meeting) -> str | None:
        minutes = getattr(meeting, "minutes", None)
        if minutes is None or minutes.state != MinutesState.PUBLISHED or minutes.published_at is None:
            return None
        published_at: str = minutes.published_at.isoformat()
        return published_at

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, meeting: Meeting) -> str:
        path = reverse("public:meeting", kwargs={"slug": meeting.slug})
        return str(self.context["request"].build_absolute_uri(path))


class MeetingsView(ReadableList):
    """Meetings of the public calendar, the latest first; one whose time is open comes before all."""

    serializer_class = MeetingSerializer

    def get_queryset(self) -> QuerySet[Any]:
        meetings: QuerySet[Any] = Meeting.objects.announced().for_lists()
        return meetings
