"""A region's bodies, their terms and seats, and who sits in them, as its public pages show them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.fields import ADDRESS, Day, Translated, page_address
from yhdys.api.v1.filters import Filters, Flag
from yhdys.api.v1.rosters import RosterSerializer
from yhdys.api.views import ListEndpoint, RecordEndpoint
from yhdys.core import clock
from yhdys.councils.enums import BodyKind
from yhdys.councils.models import Body, Seat, Term
from yhdys.councils.queries import roster


class BodySerializer(serializers.ModelSerializer[Body]):
    """The advisory council, or a body that belongs to it."""

    name = Translated()
    purpose = Translated()
    parent = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True, allow_null=True)  # type: ignore[assignment]  # as declared
    founded_year = serializers.IntegerField(source="year_of_founding", allow_null=True)
    url = serializers.SerializerMethodField(help_text="Its page for people.")

    class Meta:
        model = Body
        fields = (
            "id", "slug", "kind", "name", "purpose", "parent", "legal_standing", "founded_on", "founded_year",
            "ended_on", "updated_at", "url",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ADDRESS)
    def get_url(self, body: Body) -> str:
        return page_address(self.context, "public:body", slug=body.slug)


class TermSerializer(serializers.ModelSerializer[Term]):
    """The time for which a body's members sit."""

    body = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    name = Translated()

    class Meta:
        model = Term
        fields = (
            "id", "body", "name", "start", "end", "is_pilot", "review_on", "state", "constituted_on", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class SeatSerializer(serializers.ModelSerializer[Seat]):
    """A place in a body for one term. It stays when nobody holds it."""

    label = Translated(  # type: ignore[assignment]  # a declared field, not Field.label
        help_text="Its own name; without one, what it represents names it."
    )
    sector = serializers.CharField(source="sector_id", allow_null=True, help_text="Code of the sector.")
    organisation = serializers.UUIDField(source="organisation_id", allow_null=True)
    municipality = serializers.CharField(source="municipality_id", allow_null=True, help_text="Official code.")
    county = serializers.CharField(source="county_id", allow_null=True, help_text="Official code.")
    authority = serializers.UUIDField(source="authority_id", allow_null=True)
    other_body = serializers.UUIDField(source="other_body_id", allow_null=True)
    represented = serializers.SerializerMethodField(help_text="The name of whom it represents, in Finnish.")

    class Meta:
        model = Seat
        fields = (
            "id", "term", "position", "represents", "label", "represented", "sector", "organisation", "municipality",
            "county", "authority", "other_body", "by_post", "is_voting", "start", "end", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_represented(self, seat: Seat) -> str:
        found = seat.represented
        return str(getattr(found, "name_fi", "") or "") if found is not None else ""


class BodyFilters(Filters):
    """Which bodies."""

    kind = filters.ChoiceFilter(choices=BodyKind.choices)
    parent = filters.CharFilter(field_name="parent__slug", max_length=80, help_text="Slug of the body above.")
    working = Flag(method="is_working", help_text="Whether it has not ended.")

    def is_working(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        working = Q(pk__in=Body.objects.working().values("pk"))
        return rows.filter(working if value else ~working)


class BodiesView(ListEndpoint):
    """The regional council first, then the bodies below it; those that have ended are there with their last day."""

    domain = "councils"
    order = "rank"
    queryset = Body.objects.none()
    serializer_class = BodySerializer
    filterset_class = BodyFilters

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Body.objects.ranked()
        return rows


class BodyView(RecordEndpoint):
    """One body."""

    domain = "councils"
    needs_version = False
    lookup_field = "slug"
    queryset = Body.objects.none()
    serializer_class = BodySerializer

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Body.objects.listed()
        return rows


class OfBody:
    """A part of one body, which the address names."""

    kwargs: dict[str, Any]

    @cached_property
    def body(self) -> Body:
        """Raises Http404."""
        found: Body = get_object_or_404(Body.objects.listed(), slug=self.kwargs["slug"])
        return found


class TermsView(OfBody, ListEndpoint):
    """A body's terms, the newest first. Planned ones are there for those who see councils in the workspace."""

    domain = "councils"
    order = "-start"
    queryset = Term.objects.none()
    serializer_class = TermSerializer

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Term.objects.known_to(self.reader).of_body(self.body).listed()
        return rows


class SeatsView(ListEndpoint):
    """The seats of one term, in the order of the roster."""

    domain = "councils"
    order = "position"
    queryset = Seat.objects.none()
    serializer_class = SeatSerializer

    def get_queryset(self) -> QuerySet[Any]:
        term = get_object_or_404(Term.objects.known_to(self.reader), pk=self.kwargs["pk"])
        seats: QuerySet[Any] = Seat.objects.of_term(term).with_represented()
        return seats


class MembersView(OfBody, RecordEndpoint):
    """Who sat in a body on a day: officers, and every seat with its member and deputies."""

    domain = "councils"
    needs_version = False
    queryset = Body.objects.none()
    serializer_class = RosterSerializer

    @extend_schema(
        parameters=[OpenApiParameter("on", {"type": "string", "format": "date"}, description="Today, if left out.")]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The roster of the day, as the public page tells it. A day that is still to come is not told."""
        return Response(RosterSerializer(roster(self.body, self.day()), context={"request": request}).data)

    def day(self) -> Any:
        """The day asked for. Raises ValidationError."""
        asked = self.request.query_params.get("on")
        if asked is None:
            return clock.today()
        try:
            day = Day().run_validation(asked)
        except ValidationError as error:
            raise ValidationError({"on": error.detail}) from error
        if day > clock.today():
            raise ValidationError({"on": [_("Choose a day that is not in the future.")]})
        return day
