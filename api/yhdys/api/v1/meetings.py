"""A region's meetings: what its public calendar shows, and more for those who read, prepare and run them."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.fields import ADDRESS, OPTIONAL_MOMENT, Input, Moment, Translated, TranslatedText, address, page_address
from yhdys.api.v1.filters import A_DAY, DayFilter, Filters, beginning_of
from yhdys.api.views import ListEndpoint, RecordEndpoint
from yhdys.councils.models import Body
from yhdys.meetings.actions import change_meeting, create_meeting, remove_meeting
from yhdys.meetings.enums import MeetingKind, MeetingState, MinutesState
from yhdys.meetings.models import Meeting

OPEN = datetime(9000, 1, 1, tzinfo=UTC)
"""Stands for a time that is open: such a meeting comes before all."""


def meetings_for(reader: Any) -> QuerySet[Any]:
    """The public calendar, and what the reader finds in the workspace. ``is_seen``: whether as a reader there."""
    known: QuerySet[Any] = Meeting.objects.known_to(reader).for_lists()
    found: QuerySet[Any] = known.annotate(moment=Coalesce("starts_at", Value(OPEN)))
    return found


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """One meeting of one body."""

    body = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    title = Translated()
    theme = Translated()
    place = Translated()
    is_announced = serializers.SerializerMethodField(help_text="Whether it stands in the public calendar.")
    remote_link = serializers.SerializerMethodField(help_text="For taking part; empty for the public.")
    minutes_published_at = serializers.SerializerMethodField(help_text="Null until the minutes are published.")
    url = serializers.SerializerMethodField(help_text="Its page for people: agenda, papers, minutes.")

    class Meta:
        model = Meeting
        fields = (
            "id", "slug", "body", "kind", "state", "title", "theme", "starts_at", "ends_at", "place", "address",
            "remote_link", "reason", "is_announced", "minutes_published_at", "updated_at", "url",
        )  # fmt: skip
        read_only_fields = fields

    def get_is_announced(self, meeting: Meeting) -> bool:
        return hasattr(meeting, "announcement")

    def get_remote_link(self, meeting: Meeting) -> str:
        return meeting.remote_link if meeting.is_seen else ""  # type: ignore[attr-defined]  # an annotation

    @extend_schema_field(OPTIONAL_MOMENT)
    def get_minutes_published_at(self, meeting: Meeting) -> str | None:
        minutes = getattr(meeting, "minutes", None)
        if minutes is None or minutes.state != MinutesState.PUBLISHED or minutes.published_at is None:
            return None
        published_at: str = minutes.published_at.isoformat()
        return published_at

    @extend_schema_field(ADDRESS)
    def get_url(self, meeting: Meeting) -> str:
        return page_address(self.context, "public:meeting", slug=meeting.slug)


class MeetingChange(Input):
    """What can be changed of a meeting."""

    kind = serializers.ChoiceField(choices=MeetingKind.choices, required=False)
    title = TranslatedText(max_length=200, required=False)
    theme = TranslatedText(max_length=200, required=False)
    starts_at = Moment(allow_null=True, required=False)
    ends_at = Moment(allow_null=True, required=False)
    place = TranslatedText(max_length=200, required=False)
    address = serializers.CharField(max_length=200, allow_blank=True, required=False)
    remote_link = serializers.CharField(max_length=1000, allow_blank=True, required=False)


class MeetingInput(MeetingChange):
    """A new meeting. Place and link are the body's usual ones unless they are given."""

    body = serializers.SlugField(max_length=80, help_text="Slug of the body that meets.")
    title = TranslatedText(max_length=200, help_text="The Finnish one is needed.")

    def validate_body(self, slug: str) -> Body:
        """Raises ValidationError for a body that the region does not have."""
        body: Body | None = Body.objects.listed().filter(slug=slug).first()
        if body is None:
            raise serializers.ValidationError(_("There is no such record."))
        return body


class MeetingFilters(Filters):
    """Which meetings."""

    body = filters.CharFilter(field_name="body__slug", max_length=80, help_text="Slug of the body.")
    kind = filters.ChoiceFilter(choices=MeetingKind.choices)
    state = filters.ChoiceFilter(choices=MeetingState.choices)
    first_day = DayFilter(method="since", help_text="Not before this Finnish day.")
    last_day = DayFilter(method="until", help_text="Not after this Finnish day.")

    def since(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(starts_at__gte=beginning_of(value))

    def until(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(starts_at__lt=beginning_of(value + A_DAY))


class MeetingsView(ListEndpoint):
    """Meetings, the latest first; one whose time is open comes before all. With a token, drafts too."""

    domain = "meetings"
    order = "-moment"
    queryset = Meeting.objects.none()
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilters
    inputs = {"post": MeetingInput}

    def get_queryset(self) -> QuerySet[Any]:
        return meetings_for(self.reader)

    def post(self, request: Request) -> Response:
        """Begin the preparation of a meeting. Nobody outside hears of it before it is announced or called."""
        sent = MeetingInput(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        basics = sent.columns
        body = basics.pop("body")
        self.require("meetings.add_meeting", body)
        made = create_meeting(body, title=basics.pop("title_fi", ""), by=self.writer, **basics)
        told = self.get_serializer(self.get_queryset().get(pk=made.pk)).data
        return Response(told, status=201, headers={"Location": address({"request": request}, "meeting", pk=made.pk)})


class MeetingView(RecordEndpoint):
    """One meeting."""

    domain = "meetings"
    lookup_field = "pk"
    queryset = Meeting.objects.none()
    serializer_class = MeetingSerializer
    inputs: dict[str, type[Input]] = {"patch": MeetingChange}

    def get_queryset(self) -> QuerySet[Any]:
        return meetings_for(self.reader)

    def patch(self, request: Request, pk: Any) -> Response:
        """Change what is sent; the rest stays. Once the call is out, the time changes by a move."""
        return self.change("meetings.change_meeting", change_meeting, **self.take(MeetingChange, partial=True).columns)

    def delete(self, request: Request, pk: Any) -> Response:
        """Remove a draft that nobody outside has heard of."""
        return self.remove("meetings.remove_meeting", remove_meeting)
