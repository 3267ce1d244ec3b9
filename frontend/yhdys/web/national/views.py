"""The national site: what all regions together look like. Read from what regions have pushed, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yhdys.core import clock
from yhdys.core.text import sort_key
from yhdys.overview.enums import Kind
from yhdys.overview.models import PublishedItem
from yhdys.overview.queries import (
    RegionOverview,
    published_items,
    region_of_finland,
    regions_of_finland,
    told_metrics,
)
from yhdys.overview.registry import FEWEST_PEOPLE, Metric, item_kinds
from yhdys.overview.trends import trends
from yhdys.places.models import Municipality
from yhdys.web.feeds import ATOM_TYPE, Entry, atom, unless_known
from yhdys.web.kept.asked import public_page
from yhdys.web.national import tilemap
from yhdys.web.national.forms import PublishedFilter
from yhdys.web.national.shown import Bar, period_of, point_shown, shown

REVIEWED_ON = date(2026, 11, 21)
"""When the national site was last looked through for its accessibility statement."""
BEGAN = clock.helsinki(2026, 1, 1)
"""The moment of a feed in which nothing has been published yet."""
IN_FEED = 50
FOUNDED, SEATS, VACANT = "council_founded", "seats", "vacant_seats"
HELD, LATEST, PUBLISHED = "meetings_held", "latest_meeting", "articles_published"
FRONT = (FOUNDED, SEATS, VACANT, HELD, LATEST, PUBLISHED)
"""The figures of the front page's table."""


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A published thing with the way to it."""

    item: PublishedItem
    region: RegionOverview
    kind: str

    @property
    def url(self) -> str:
        """Its page in the region's own site."""
        return self.region.site_url + self.item.path

    @property
    def origin(self) -> str:
        """Whose and what: Kainuu · Article."""
        return f"{self.region.name} · {self.kind}" if self.kind else self.region.name


def shown_items(items: Iterable[PublishedItem], regions: Iterable[RegionOverview]) -> list[ShownItem]:
    """Published things with their regions' names and the names of their kinds."""
    by_schema = {region.schema: region for region in regions}
    kinds = {kind.name: str(kind.label) for kind in item_kinds()}
    return [ShownItem(item, by_schema[item.schema], kinds.get(item.kind, "")) for item in items]


@dataclass(frozen=True, slots=True)
class Row:
    """One region in the front page's table."""

    region: RegionOverview
    since: str
    seats: str
    vacant: str
    held: str
    latest: str
    published: str


def _row(region: RegionOverview) -> Row:
    told = [shown(region.figures.get(name)) if region.is_open else "" for name in FRONT]
    return Row(region, *told)


def _door(region: RegionOverview) -> dict[str, str]:
    return {"label": region.name, "url": reverse("national:region", kwargs={"slug": region.slug})}


def _by_name(regions: Iterable[RegionOverview]) -> list[RegionOverview]:
    return sorted(regions, key=lambda region: sort_key(region.name))


def _total(regions: Iterable[RegionOverview], name: str) -> int:
    figures = (region.figures.get(name) for region in regions if region.is_open)
    return sum(figure.value for figure in figures if figure is not None and figure.value is not None)


def _as_of(regions: Iterable[RegionOverview]) -> datetime | None:
    return max((region.profile.as_of for region in regions if region.is_open and region.profile), default=None)


@public_page()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """GET ``/``: what Yhdys is, the map and the table of Finland's regions, the latest they have published."""
    regions = _by_name(regions_of_finland(FRONT))
    at_work = [region for region in regions if region.is_open]
    opened = [region for region in regions if region.is_open or region.is_suspended]
    return render(
        request,
        "national/home.html",
        {
            "map": tilemap.draw(regions),
            "rows": [_row(region) for region in sorted(opened, key=lambda region: not region.is_open)],
            "not_in_use": [_door(region) for region in regions if region not in opened],
            "regions_count": len(regions),
            "open_count": len(at_work),
            "seats": _total(regions, SEATS),
            "held": _total(regions, HELD),
            "published": _total(regions, PUBLISHED),
            "items": shown_items(published_items(regions)[:6], regions),
            "demonstration": any(region.is_demonstration for region in at_work),
            "as_of": _as_of(regions),
        },
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of one region, with what it means."""

    metric: Metric
    value: str
    period: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Years:
    """A region's figures year by year."""

    metrics: list[Metric]
    rows: list[tuple[str, list[str]]]
    """A year and its values in the order of ``metrics``, the newest year first."""
    held: list[Bar]
    """Meetings held, the oldest year first."""


@public_page()
@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """GET ``/maakunnat/kainuu/``: one region's figures with their meaning, its latest, and the way to its site."""
    found = region_of_finland(slug)
    if found is None:
        raise Http404
    told = [
        Told(metric, shown(figure), figure.period, figure.as_of)
        for metric in told_metrics([found])
        if (figure := found.figures[metric.name]) and found.is_open
    ]
    items = published_items([found])[:6] if found.is_open else []
    return render(
        request,
        "national/region.html",
        {
            "region": found,
            "told": told,
            "years": _years(found) if found.is_open else None,
            "places": _places(found),
            "items": shown_items(items, [found]),
            "demonstration": found.is_open and found.is_demonstration,
        },
    )


def _places(region: RegionOverview) -> list[Municipality]:
    """The municipalities of the region as they are today, with their wellbeing services counties. One query."""
    there = Municipality.objects.of_region(region.known.code).valid_on(clock.today()).select_related("county")
    return sorted(there, key=lambda place: sort_key(place.name))


def _years(region: RegionOverview) -> Years | None:
    """What was told of whole years, none left out between the first and the last; None for less than two years."""
    told = trends(told_metrics([region]), [region.schema])
    metrics = [metric for metric in told_metrics([region]) if told.of(region.schema, metric)]
    lines = [told.of(region.schema, metric) for metric in metrics]
    rows = [(year, [point_shown(line[place]) for line in lines]) for place, year in enumerate(told.periods)]
    while rows and not any(rows[0][1]):
        rows.pop(0)
    if len(rows) < 2:
        return None
    held = [
        Bar(label=point.period, value=point.value or 0)
        for metric, line in zip(metrics, lines, strict=True)
        for point in line
        if metric.name == HELD and point.is_known
    ]
    return Years(metrics, rows[::-1], held if any(bar["value"] for bar in held) else [])


@dataclass(frozen=True, slots=True)
class Defined:
    """One figure's definition, and the regions side by side."""

    metric: Metric
    period: str
    values: list[tuple[RegionOverview, str, datetime]]
    bars: list[Bar]
    """Empty when the numbers cannot be compared by length."""


@public_page()
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """GET ``/luvut/``: what each figure means, how the regions compare, and the same as a file."""
    regions = _by_name(region for region in regions_of_finland() if region.is_open)
    defined = [_define(metric, regions) for metric in told_metrics(regions)]
    return render(
        request,
        "national/figures.html",
        {
            "defined": defined,
            "fewest_people": FEWEST_PEOPLE,
            "demonstration": any(region.is_demonstration for region in regions),
            "as_of": _as_of(regions),
        },
    )


def _define(metric: Metric, regions: list[RegionOverview]) -> Defined:
    told = [(region, region.figures[metric.name]) for region in regions if metric.name in region.figures]
    values = [(region, shown(figure), figure.as_of) for region, figure in told]
    can_compare = metric.kind == Kind.COUNT
    bars = [Bar(label=region.name, value=figure.value) for region, figure in told if figure.value is not None]
    return Defined(metric, period_of(metric), values, bars if can_compare else [])


@public_page("region", "kind", "page")
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """GET ``/julkaistut/``: everything that the regions have published, newest first, in pages."""
    regions = _by_name(regions_of_finland([]))
    form = PublishedFilter(request.GET or None, regions=regions)
    items = published_items(regions)
    if form.is_valid():
        wishes = {"schema": form.cleaned_data["region"], "kind": form.cleaned_data["kind"]}
        items = items.filter(**{name: wish for name, wish in wishes.items() if wish})
    page = Paginator(items, 20).get_page(request.GET.get("page"))
    return render(
        request,
        "national/published.html",
        {
            "form": form,
            "page": page,
            "items": shown_items(page.object_list, regions),
            "demonstration": any(region.is_demonstration for region in regions if region.is_open),
        },
    )


@public_page()
@require_safe
def published_feed(request: HttpRequest) -> HttpResponseBase:
    """GET ``/julkaistut/atom.xml``: the newest of what the regions have published, as an Atom feed."""
    regions = regions_of_finland([])
    listed = shown_items(published_items(regions)[:IN_FEED], regions)
    changed = max((one.item.published_at for one in listed), default=BEGAN)
    language = translation.get_language() or "fi"
    content = atom(
        id=uuid5(NAMESPACE_URL, f"yhdys:published:{language}").urn,
        title=_("Published by the councils"),
        subtitle="",
        url=request.build_absolute_uri(reverse("national:published")),
        own_url=request.build_absolute_uri(request.path),
        author="Yhdys",
        language=language,
        updated=changed,
        entries=[_entry(one, language) for one in listed],
    )
    return unless_known(request, content, content_type=ATOM_TYPE, modified=changed, sees_removals=False)


def _entry(one: ShownItem, language: str) -> Entry:
    item = one.item
    return Entry(
        id=uuid5(NAMESPACE_URL, f"yhdys:{item.schema}:{item.kind}:{item.key}").urn,
        title=item.title,
        url=one.url,
        published=item.published_at,
        updated=item.published_at,
        summary=item.summary,
        language=item.language if item.language != language else "",
        author=one.region.profile.council_name if one.region.profile else one.region.name,
        keywords=((item.kind, one.kind),),
    )


def _who_answers() -> dict[str, str]:
    return {"operator": settings.YHDYS_OPERATOR, "contact": settings.YHDYS_CONTACT}


@public_page()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """GET ``/saavutettavuus/``: the accessibility statement of the national site (act 306/2019)."""
    return render(request, "national/accessibility.html", _who_answers() | {"reviewed_on": REVIEWED_ON})


@public_page()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """GET ``/tietosuoja/``: what the national site knows of people (GDPR articles 13 and 14)."""
    return render(request, "national/privacy.html", _who_answers())
