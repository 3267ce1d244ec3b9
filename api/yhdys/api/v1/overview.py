"""The nation's figures: what regions have told, by the same queries as the national site."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import translation
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from yhdys.api.fields import ADDRESS, LANGUAGES, OPTIONAL_ADDRESS, OPTIONAL_MOMENT, OPTIONAL_TEXTS, TEXTS, address
from yhdys.api.v1.filters import Filters
from yhdys.api.views import Endpoint, ListEndpoint
from yhdys.overview.models import Figure
from yhdys.overview.queries import RegionOverview, history_of, region_of_finland, regions_of_finland
from yhdys.overview.registry import Words


def in_all_languages(words: Words) -> dict[str, str]:
    """A text of the interface in each of its languages."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(words)
    return told


class RegionSerializer(serializers.Serializer[RegionOverview]):
    """One of the 19 regions of Finland."""

    code = serializers.CharField(source="known.code", help_text="Official region code.")
    slug = serializers.CharField()
    nuts3 = serializers.CharField(source="known.nuts3", help_text="NUTS 3 code.")
    name = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField(help_text="Whether its site is in use.")
    council = serializers.SerializerMethodField(help_text="The council's name by language, null until it is told.")
    site = serializers.SerializerMethodField(help_text="Its own site, null while it has none.")
    demonstration = serializers.BooleanField(source="is_demonstration", help_text="Whether its content is invented.")
    as_of = serializers.SerializerMethodField(help_text="When it last told its figures.")
    figures = serializers.SerializerMethodField()

    @extend_schema_field(TEXTS)
    def get_name(self, region: RegionOverview) -> dict[str, str]:
        known = region.known
        return {"fi": known.name_fi, "sv": known.name_sv, "en": known.name_en}

    @extend_schema_field({"type": "string", "enum": ["active", "suspended", "absent"]})
    def get_state(self, region: RegionOverview) -> str:
        return region.state or "absent"

    @extend_schema_field(OPTIONAL_TEXTS)
    def get_council(self, region: RegionOverview) -> dict[str, str] | None:
        if region.profile is None or not region.is_open:
            return None
        names = {language: getattr(region.profile, f"council_name_{language}") for language in LANGUAGES}
        return {language: name for language, name in names.items() if name}

    @extend_schema_field(OPTIONAL_ADDRESS)
    def get_site(self, region: RegionOverview) -> str | None:
        return f"{region.site_url}/" if region.is_open else None

    @extend_schema_field(OPTIONAL_MOMENT)
    def get_as_of(self, region: RegionOverview) -> str | None:
        return region.profile.as_of.isoformat() if region.profile and region.is_open else None

    @extend_schema_field(ADDRESS)
    def get_figures(self, region: RegionOverview) -> str:
        return address(self.context, "region-figures", slug=region.slug)


class FigureSerializer(serializers.Serializer[Figure]):
    """One number of one region."""

    metric = serializers.CharField(help_text="Name of the figure, the same for all regions.")
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a declared field, not Field.label
    description = serializers.SerializerMethodField(help_text="What is counted.")
    period = serializers.CharField(help_text="“now”, a year as 2026, or a month as 2026-11.")
    value = serializers.SerializerMethodField(
        method_name="told", help_text="A number, or a date; null when it is too small to be told."
    )
    suppressed = serializers.SerializerMethodField(help_text="Whether so few people are behind it that it is not told.")
    as_of = serializers.DateTimeField(help_text="When it was counted.")

    @extend_schema_field(TEXTS)
    def get_label(self, figure: Figure) -> dict[str, str]:
        return in_all_languages(figure.definition.label) if figure.definition else {}

    @extend_schema_field(TEXTS)
    def get_description(self, figure: Figure) -> dict[str, str]:
        return in_all_languages(figure.definition.description) if figure.definition else {}

    @extend_schema_field(
        {"oneOf": [{"type": "integer"}, {"type": "string", "format": "date"}, {"type": "null"}]},
    )
    def told(self, figure: Figure) -> int | str | None:
        return figure.day.isoformat() if figure.day is not None else figure.value

    def get_suppressed(self, figure: Figure) -> bool:
        return figure.value is None


def told_region(slug: str) -> RegionOverview:
    """Raises Http404 for a region that Finland does not have."""
    region = region_of_finland(slug)
    if region is None:
        raise Http404
    return region


class RegionsView(Endpoint):
    """The 19 regions of Finland and whether they use Yhdys."""

    domain = "overview"

    @extend_schema(responses=RegionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """All of them, by region code; they are so few that there are no pages."""
        regions: Any = regions_of_finland([])
        return Response(RegionSerializer(regions, many=True, context={"request": request}).data)


class RegionView(Endpoint):
    """One region."""

    domain = "overview"

    @extend_schema(responses=RegionSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """Whether it uses Yhdys, and where its site is."""
        return Response(RegionSerializer(told_region(slug), context={"request": request}).data)


class RegionFiguresView(Endpoint):
    """What one region has told of the running period."""

    domain = "overview"

    @extend_schema(responses=FigureSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Its figures; none while its site is not in use. 404 for a region that Finland does not have."""
        region = told_region(slug)
        figures: Any = list(region.figures.values()) if region.is_open else []
        return Response(FigureSerializer(figures, many=True).data)


class FigureFilters(Filters):
    """Which figures."""

    metric = filters.CharFilter(max_length=60, help_text="Name of the figure.")
    period = filters.CharFilter(max_length=7, help_text="A year as 2026, or a month as 2026-11.")


class RegionHistoryView(ListEndpoint):
    """What one region has told of years and months, the newest first."""

    domain = "overview"
    order = "-period"
    queryset = Figure.objects.none()
    serializer_class = FigureSerializer
    filterset_class = FigureFilters

    def get_queryset(self) -> QuerySet[Any]:
        return history_of(told_region(self.kwargs["slug"]))
