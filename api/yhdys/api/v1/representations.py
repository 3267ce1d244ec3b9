"""Who speaks for a region's councils in groups outside, as the public page shows it."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from yhdys.api.fields import TEXTS, Translated, texts_of
from yhdys.api.v1.filters import Filters
from yhdys.api.views import ListEndpoint
from yhdys.councils.enums import GroupKind
from yhdys.councils.models import OutsideGroup, Representation


class GroupSerializer(serializers.ModelSerializer[OutsideGroup]):
    """A partnership table, or another group outside the councils."""

    name = Translated()

    class Meta:
        model = OutsideGroup
        fields = ("id", "kind", "name", "url", "start", "end")
        read_only_fields = fields


class RepresentationSerializer(serializers.ModelSerializer[Representation]):
    """A mandate that is in force: what is public of a representative, and nothing else."""

    group = GroupSerializer(read_only=True)
    body = serializers.SlugRelatedField[Any](
        slug_field="slug", read_only=True, help_text="Slug of the body that named."
    )
    name = serializers.CharField(source="contact.name", read_only=True)
    organisation = serializers.SerializerMethodField(help_text="Empty without one.")

    class Meta:
        model = Representation
        fields = (
            "id", "group", "body", "name", "organisation", "stands_as", "named_on", "start", "end", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(TEXTS)
    def get_organisation(self, mandate: Representation) -> dict[str, str]:
        return texts_of(mandate.from_organisation, "name") if mandate.from_organisation is not None else {}


class RepresentationFilters(Filters):
    """Which mandates."""

    body = filters.CharFilter(field_name="body__slug", max_length=80, help_text="Slug of the body that named.")
    kind = filters.ChoiceFilter(field_name="group__kind", choices=GroupKind.choices, help_text="Kind of the group.")


class RepresentationsView(ListEndpoint):
    """Mandates in groups outside that are in force today, the newest first."""

    domain = "councils"
    order = "-start"
    queryset = Representation.objects.none()
    serializer_class = RepresentationSerializer
    filterset_class = RepresentationFilters

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = Representation.objects.in_force().listed()
        return rows
