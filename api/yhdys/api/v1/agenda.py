"""The agenda of a meeting, with what was resolved, and its minutes."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.fields import (
    OPTIONAL_ADDRESS,
    TEXTS,
    Codes,
    Input,
    Translated,
    TranslatedText,
    address,
    page_address,
    texts_of,
)
from yhdys.api.v1.meetings import meetings_for
from yhdys.api.views import ListEndpoint, RecordEndpoint
from yhdys.keywords.models import Keyword
from yhdys.meetings.actions import add_item, change_item, move_item, record_outcome, remove_item
from yhdys.meetings.enums import ItemKind, Outcome, Publicity
from yhdys.meetings.models import AgendaItem, Candidate, Election, Meeting, Paper, Vote
from yhdys.meetings.models.agenda import MOST_MINUTES


def sees_all(meeting: Meeting) -> bool:
    """Whether the reader finds the meeting in the workspace, so that nothing of its agenda is hidden."""
    return bool(meeting.is_seen)  # type: ignore[attr-defined]  # an annotation of meetings_for


def items_of(meeting: Meeting) -> QuerySet[Any]:
    """The items that the reader of the meeting may read: the public ones from the call on, or all of them."""
    papers = meeting.papers.all() if sees_all(meeting) else meeting.papers.public()
    rows: Any = meeting.agenda_items.all()
    if not sees_all(meeting):
        rows = rows.public() if meeting.agenda_is_public else rows.none()
    shown: QuerySet[Any] = rows.select_related("resolution").prefetch_related(
        "keywords", Prefetch("papers", papers, to_attr="papers_shown")
    )
    return shown.with_record() if is_recorded(meeting) else shown  # type: ignore[attr-defined]  # ours


def is_recorded(meeting: Meeting) -> bool:
    """Whether the reader may know what was said and resolved: the public from the minutes' publishing on."""
    minutes = getattr(meeting, "minutes", None)
    return sees_all(meeting) or (minutes is not None and minutes.is_published)


class PaperSerializer(serializers.ModelSerializer[Paper]):
    """A file of the meeting or of an item."""

    url = serializers.SerializerMethodField(help_text="Where a public one is; others are opened in the workspace.")

    class Meta:
        model = Paper
        fields = ("id", "number", "title", "language", "publicity", "filename", "mimetype", "size", "url")
        read_only_fields = fields

    @extend_schema_field(OPTIONAL_ADDRESS)
    def get_url(self, paper: Paper) -> str | None:
        meeting: Meeting = self.context["meeting"]
        is_public = paper.publicity == Publicity.PUBLIC and (
            self.context["item"] is None or self.context["item"].is_public
        )
        if not (is_public and meeting.agenda_is_public and hasattr(meeting, "announcement")):
            return None
        return page_address(
            self.context, "public:paper", slug=meeting.slug, number=paper.number, filename=paper.filename
        )


class VoteSerializer(serializers.ModelSerializer[Vote]):
    """A vote at an item."""

    class Meta:
        model = Vote
        fields = ("id", "question", "in_favour", "against", "blank")
        read_only_fields = fields


class CandidateSerializer(serializers.ModelSerializer[Candidate]):
    """Somebody who stood in an election."""

    votes = serializers.IntegerField(allow_null=True, help_text="Null when the election was unanimous.")

    class Meta:
        model = Candidate
        fields = ("name", "votes", "is_elected")
        read_only_fields = fields


class ElectionSerializer(serializers.ModelSerializer[Election]):
    """An election at an item: to an office of the body, or to a task in words."""

    candidates = CandidateSerializer(many=True)

    class Meta:
        model = Election
        fields = ("id", "office", "task", "blank", "is_unanimous", "candidates")
        read_only_fields = fields


PAPERS: dict[str, Any] = {"type": "array", "items": {"$ref": "#/components/schemas/Paper"}}


class ItemSerializer(serializers.ModelSerializer[AgendaItem]):
    """One item (§) of an agenda. What was said and resolved is told when the minutes are published."""

    title = Translated()
    description = Translated(help_text="Rich text (HTML).")
    keywords = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    papers = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField(help_text="Empty until it is told.")
    discussion = serializers.SerializerMethodField(help_text="Rich text (HTML).")
    resolution = serializers.SerializerMethodField(help_text="Rich text (HTML) by language.")
    votes = serializers.SerializerMethodField()
    elections = serializers.SerializerMethodField()

    class Meta:
        model = AgendaItem
        fields = (
            "id", "meeting", "number", "kind", "title", "description", "presenter", "minutes_planned", "publicity",
            "keywords", "papers", "outcome", "discussion", "resolution", "votes", "elections", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(PaperSerializer(many=True))
    def get_papers(self, item: AgendaItem) -> Any:
        papers: Any = item.papers_shown  # type: ignore[attr-defined]  # of items_of
        return PaperSerializer(papers, many=True, context={**self.context, "item": item}).data

    @extend_schema_field({"type": "string", "enum": ["", *Outcome.values]})
    def get_outcome(self, item: AgendaItem) -> str:
        return item.outcome if is_recorded(self.context["meeting"]) else ""

    def get_discussion(self, item: AgendaItem) -> str:
        return item.discussion if is_recorded(self.context["meeting"]) else ""

    @extend_schema_field(TEXTS)
    def get_resolution(self, item: AgendaItem) -> dict[str, str]:
        resolution = getattr(item, "resolution", None)
        return texts_of(resolution, "text") if resolution is not None and is_recorded(self.context["meeting"]) else {}

    @extend_schema_field(VoteSerializer(many=True))
    def get_votes(self, item: AgendaItem) -> Any:
        return VoteSerializer(item.votes.all(), many=True).data if is_recorded(self.context["meeting"]) else []

    @extend_schema_field(ElectionSerializer(many=True))
    def get_elections(self, item: AgendaItem) -> Any:
        return ElectionSerializer(item.elections.all(), many=True).data if is_recorded(self.context["meeting"]) else []


class ItemInput(Input):
    """An item. The Finnish title is needed."""

    kind = serializers.ChoiceField(choices=ItemKind.choices, required=False)
    title = TranslatedText(max_length=250)
    description = TranslatedText(required=False)
    presenter = serializers.CharField(max_length=200, allow_blank=True, required=False)
    minutes_planned = serializers.IntegerField(
        min_value=1,
        max_value=MOST_MINUTES,
        allow_null=True,
        required=False,
        help_text="Expected length.",
    )
    publicity = serializers.ChoiceField(choices=Publicity.choices, required=False)
    keywords = Codes(Keyword.objects.all, required=False, help_text="Codes of keywords.")


class PlaceInput(Input):
    """Another number in the agenda."""

    number = serializers.IntegerField(min_value=1, max_value=1000, help_text="Past the end means the end.")


class OutcomeInput(Input):
    """How the item ended. Texts that are left out stay as they are; empty ones go."""

    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    discussion = serializers.CharField(max_length=100_000, allow_blank=True, required=False)
    resolution = serializers.CharField(max_length=100_000, allow_blank=True, required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="fi", help_text="Of the resolution.")


class AgendaView(ListEndpoint):
    """The items of a meeting in their order. The public reads the public ones, from the call on."""

    domain = "meetings"
    order = "number"
    queryset = AgendaItem.objects.none()
    serializer_class = ItemSerializer
    inputs = {"post": ItemInput}

    @cached_property
    def meeting(self) -> Any:
        """The meeting. Raises Http404."""
        return get_object_or_404(meetings_for(self.reader), pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[Any]:
        return items_of(self.meeting)

    def get_serializer_context(self) -> dict[str, Any]:
        context = super().get_serializer_context()
        return {**context} if self.request is None else {**context, "meeting": self.meeting}

    def post(self, request: Request, pk: Any) -> Response:
        """Put an item at the end of the agenda."""
        self.require("meetings.change_agenda", self.meeting)
        sent = ItemInput(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        item = add_item(self.meeting, by=self.writer, **sent.columns)
        told = self.get_serializer(self.get_queryset().get(pk=item.pk)).data
        return Response(told, status=201, headers={"Location": address({"request": request}, "item", pk=item.pk)})


class ItemView(RecordEndpoint):
    """One item of an agenda."""

    domain = "meetings"
    lookup_field = "pk"
    queryset = AgendaItem.objects.none()
    serializer_class = ItemSerializer
    inputs: dict[str, type[Input]] = {"patch": ItemInput}

    @cached_property
    def meeting(self) -> Any:
        """The item's meeting. Raises Http404, for one that the reader does not know as for one that is not there."""
        meetings = meetings_for(self.reader)
        found = meetings.filter(agenda_items=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_queryset(self) -> QuerySet[Any]:
        return items_of(self.meeting)

    def get_serializer_context(self) -> dict[str, Any]:
        context = super().get_serializer_context()
        return {**context} if self.request is None else {**context, "meeting": self.meeting}

    def patch(self, request: Request, pk: Any) -> Response:
        """Change what is sent; the rest stays."""
        return self.change("meetings.change_agenda", change_item, **self.take(ItemInput, partial=True).columns)

    def delete(self, request: Request, pk: Any) -> Response:
        """Take the item off the agenda, with its papers."""
        return self.remove("meetings.change_agenda", remove_item)


class ItemPlaceView(ItemView):
    """The item's place in the agenda."""

    http_method_names = ["post", "options"]
    inputs = {"post": PlaceInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Give it another number; the others make room."""
        return self.change("meetings.change_agenda", move_item, to=self.take(PlaceInput).validated_data["number"])


class ItemOutcomeView(ItemView):
    """What became of the item."""

    http_method_names = ["post", "options"]
    inputs = {"post": OutcomeInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Record it, while the meeting is held and its minutes are open."""
        return self.change("meetings.record_meeting", record_outcome, **self.take(OutcomeInput).validated_data)
