"""A region's bodies, as its public pages show them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from yhdys.api.reading import ReadableList, Translated
from yhdys.councils.models import Body


class BodySerializer(serializers.ModelSerializer[Body]):
    """The advisory council, or a body that belongs to it."""

    name = Translated()
    purpose = Translated()
    parent = serializers.SlugRelatedField[Body](slug_field="slug", read_only=True)  # type: ignore[assignment]  # as declared
    founded_year = serializers.IntegerField(source="year_of_founding", allow_null=True)
    url = serializers.SerializerMethodField(help_text="Its page for people.")

    class Meta:
        model = Body
        fields = (
            "id", "slug", "kind", "name", "purpose", "parent", "legal_standing", "founded_on", "founded_year",
            "ended_on", "updated_at", "url",
        )  # fmt: skip

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, body: Body) -> str:
        path = reverse("public:body", kwargs={"slug": body.slug})
        return str(self.context["request"].build_absolute_uri(path))


class BodiesView(ReadableList):
    """The regional council first, then the bodies below it; those that have ended are there with their last day."""

    serializer_class = BodySerializer

    def get_queryset(self) -> QuerySet[Any]:
        bodies: QuerySet[Any] = Body.objects.listed()
        return bodies
