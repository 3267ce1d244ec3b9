"""The region's directory of organisations, for those who may read it."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.fields import Code, Codes, Day, Input, Translated, TranslatedText, address
from yhdys.api.v1.filters import Filters, Flag, Words
from yhdys.api.views import ListEndpoint, RecordEndpoint
from yhdys.core import access
from yhdys.keywords.models import Sector
from yhdys.organisations.actions import add_organisation, change_organisation, close_organisation
from yhdys.organisations.enums import Reach
from yhdys.organisations.models import Organisation
from yhdys.places.models import Municipality
from yhdys.tenancy.context import require_scope

COLUMNS = (
    "short_name", "business_id", "register_number", "reach", "website", "email", "phone", "active_from", "active_until",
)  # fmt: skip


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    """What the region knows of an organisation."""

    name = Translated()
    description = Translated()
    municipality = serializers.CharField(
        source="municipality_id", allow_null=True, help_text="Code of its home municipality."
    )
    sectors = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    website = serializers.CharField(help_text="Empty without one.")
    email = serializers.CharField(help_text="Empty without one.")

    class Meta:
        model = Organisation
        fields = ("id", "slug", "name", *COLUMNS, "municipality", "sectors", "description", "updated_at")
        read_only_fields = fields


class OrganisationInput(Input):
    """An organisation. The Finnish name is needed."""

    name = TranslatedText(max_length=200)
    description = TranslatedText(max_length=10_000, required=False)
    short_name = serializers.CharField(max_length=60, allow_blank=True, required=False)
    business_id = serializers.CharField(max_length=9, allow_blank=True, required=False, help_text="Such as 1234567-1.")
    register_number = serializers.CharField(max_length=15, allow_blank=True, required=False)
    reach = serializers.ChoiceField(choices=Reach.choices, required=False)
    municipality = Code(Municipality.objects.all, allow_null=True, required=False, help_text="Such as 205.")
    sectors = Codes(Sector.objects.all, required=False, help_text="Codes of sectors.")
    website = serializers.CharField(max_length=200, allow_blank=True, required=False)
    email = serializers.CharField(max_length=254, allow_blank=True, required=False)
    phone = serializers.CharField(max_length=40, allow_blank=True, required=False)
    active_from = Day(allow_null=True, required=False)
    active_until = Day(allow_null=True, required=False)

    def put_into(self, organisation: Organisation) -> list[Sector] | None:
        """Write what was sent into the record, unsaved. Returns the sectors, if they were sent."""
        columns = self.columns
        sectors: list[Sector] | None = columns.pop("sectors", None)
        for name, value in columns.items():
            setattr(organisation, name, value)
        return sectors


class ClosingInput(Input):
    """The last day."""

    on = Day()


class OrganisationFilters(Filters):
    """Which organisations."""

    q = Words(help_text="Words of its name, short name or numbers.")
    sector = filters.CharFilter(method="of_sector", max_length=50, help_text="Code of a sector.")
    municipality = filters.CharFilter(
        field_name="municipality_id", max_length=10, help_text="Code of its municipality."
    )
    reach = filters.ChoiceFilter(choices=Reach.choices)
    active = Flag(method="is_active", help_text="Whether it works today.")

    def of_sector(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(sectors=value)

    def is_active(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        active = Q(pk__in=Organisation.objects.active().values("pk"))
        return rows.filter(active if value else ~active)


class OrganisationsView(ListEndpoint):
    """Organisations in the Finnish alphabet. Needs a token whose user may read the directory."""

    domain = "organisations"
    is_private = True
    order = "sort_key"
    queryset = Organisation.objects.none()
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilters
    inputs = {"post": OrganisationInput}

    def get_queryset(self) -> QuerySet[Any]:
        if self.request is not None:
            access.require(self.reader, "organisations.view_organisations", require_scope())
        rows: QuerySet[Any] = Organisation.objects.visible_to(self.reader).listed()
        return rows

    def post(self, request: Request) -> Response:
        """Add an organisation to the directory."""
        self.require("organisations.add_organisation", require_scope())
        sent = OrganisationInput(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        organisation = Organisation()
        sectors = sent.put_into(organisation)
        add_organisation(organisation, sectors=sectors or (), by=self.writer)
        made = self.get_serializer(self.get_queryset().get(pk=organisation.pk)).data
        place = address({"request": request}, "organisation", pk=organisation.pk)
        return Response(made, status=201, headers={"Location": place})


class OrganisationView(RecordEndpoint):
    """One organisation."""

    domain = "organisations"
    is_private = True
    lookup_field = "pk"
    queryset = Organisation.objects.none()
    serializer_class = OrganisationSerializer
    inputs: dict[str, type[Input]] = {"patch": OrganisationInput}

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Organisation.objects.visible_to(self.reader).listed()
        return rows

    def patch(self, request: Request, pk: Any) -> Response:
        """Change what is sent; the rest stays."""
        sent = self.take(OrganisationInput, partial=True)
        with self.changing("organisations.change_organisation") as organisation:
            change_organisation(organisation, sectors=sent.put_into(organisation), by=self.writer)
        return Response(self.told())


class OrganisationClosingView(OrganisationView):
    """The end of an organisation. It stays where rosters and minutes name it."""

    http_method_names = ["post", "options"]
    inputs = {"post": ClosingInput}

    def post(self, request: Request, pk: Any) -> Response:
        """Note its last day."""
        on: date = self.take(ClosingInput).validated_data["on"]
        return self.change("organisations.change_organisation", close_organisation, on=on)
