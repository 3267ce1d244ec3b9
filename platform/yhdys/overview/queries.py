"""What the nation knows: read from what regions have pushed, never from a region's schema.

Each question costs the same few queries however many regions there are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from yhdys.core import clock
from yhdys.core.names import in_language
from yhdys.overview.counting import this_period
from yhdys.overview.models import Figure, PublishedItem, RegionProfile
from yhdys.overview.registry import Metric, metrics
from yhdys.regions.models import Domain, Region
from yhdys.regions.reference import KnownRegion, known_regions
from yhdys.regions.urls import host_root


@dataclass
class RegionOverview:
    """One of Finland's regions as the nation knows it, whether or not it has a council here."""

    known: KnownRegion
    state: str = ""
    """A ``Region.State``; empty for a region that is not here yet."""
    schema: str = ""
    site_url: str = ""
    """Scheme, host and port of its site, without a slash at the end; empty unless its doors are open."""
    joined_at: datetime | None = None
    profile: RegionProfile | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    """What it told of the running period, by the figure's name."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.known.slug

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return in_language(fi=self.known.name_fi, sv=self.known.name_sv, en=self.known.name_en)

    @property
    def is_open(self) -> bool:
        """Whether its site can be visited."""
        return self.state == Region.State.ACTIVE

    @property
    def is_suspended(self) -> bool:
        """Whether its doors are closed for the time being."""
        return self.state == Region.State.SUSPENDED

    @property
    def is_demonstration(self) -> bool:
        """Whether what it tells is invented."""
        return self.profile is not None and self.profile.demonstration


def regions_of_finland(of: Iterable[str] | None = None) -> list[RegionOverview]:
    """All 19 regions by region code, with the figures named in ``of`` (None: all). Three queries."""
    overviews = {known.slug: RegionOverview(known) for known in known_regions()}
    by_schema = {}
    for domain in Domain.objects.filter(is_primary=True).select_related("tenant"):
        region: Region = domain.tenant
        overview = overviews.get(region.slug)
        if overview is None:
            continue
        overview.state, overview.schema, overview.joined_at = region.state, region.schema_name, region.joined_at
        overview.site_url = host_root(domain.domain) if overview.is_open else ""
        by_schema[region.schema_name] = overview
    for profile in RegionProfile.objects.filter(schema__in=by_schema):
        by_schema[profile.schema].profile = profile
    for figure in current_figures(of).filter(schema__in=by_schema):
        by_schema[figure.schema].figures[figure.metric] = figure
    return list(overviews.values())


def region_of_finland(slug: str) -> RegionOverview | None:
    """One region with all its figures of the running period; None when Finland has no such region."""
    return next((region for region in regions_of_finland() if region.slug == slug), None)


def current_figures(of: Iterable[str] | None = None) -> QuerySet[Figure]:
    """What regions told of the running period: the named figures, or all that are counted."""
    wanted = [metric for metric in metrics() if of is None or metric.name in set(of)]
    periods = {this_period(metric.period) for metric in wanted}
    return Figure.objects.filter(metric__in=[metric.name for metric in wanted], period__in=periods)


def history_of(region: RegionOverview) -> QuerySet[Figure]:
    """What a region has told of years and months; nothing while its doors are closed."""
    told = Figure.objects.filter(schema=region.schema).exclude(period="now")
    return told if region.is_open else told.none()


def published_items(regions: Collection[RegionOverview]) -> QuerySet[PublishedItem]:
    """What the regions whose doors are open have published, newest first."""
    return PublishedItem.objects.filter(schema__in=[region.schema for region in regions if region.is_open])


def told_metrics(regions: Iterable[RegionOverview]) -> list[Metric]:
    """The figures that at least one of the regions has told."""
    told = {name for region in regions for name in region.figures}
    return [metric for metric in metrics() if metric.name in told]


LATE_AFTER = timedelta(hours=36)
"""A region that has told nothing for this long has missed a night."""


@dataclass(frozen=True, slots=True)
class Told:
    """How well one region tells the nation."""

    region: RegionOverview
    figures: int
    items: int
    as_of: datetime | None
    is_late: bool


def state_of_telling() -> list[Told]:
    """Every region that is here, with how much it has told and when. Five queries."""
    figures = dict(Figure.objects.values_list("schema").annotate(Count("pk")))
    items = dict(PublishedItem.objects.values_list("schema").annotate(Count("pk")).order_by())
    return [
        Told(
            region=region,
            figures=figures.get(region.schema, 0),
            items=items.get(region.schema, 0),
            as_of=(as_of := region.profile.as_of if region.profile else None),
            is_late=region.is_open and (as_of is None or clock.now() - as_of > LATE_AFTER),
        )
        for region in regions_of_finland([])
        if region.state
    ]
