"""Regions that have told the nation something."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from yhdys.core import clock
from yhdys.overview.models import Figure, PublishedItem, RegionProfile
from yhdys.regions.models import Domain, Region
from yhdys.regions.reference import known_regions
from yhdys.tenancy.context import in_region
from yhdys.tenancy.provisioning import OWNER

MORNING = clock.helsinki(2026, 11, 21, 9)
FIGURES = {
    "council_founded": ("now", 2020),
    "seats": ("now", 11),
    "vacant_seats": ("now", 2),
    "members": ("now", None),
    "bodies": ("now", 3),
}


def tell(schema: str, *, name: str = "Neuvottelukunta", using: str = "default", at: datetime = MORNING) -> None:
    """Let a region have told the same things as all others."""
    RegionProfile.objects.using(using).create(schema=schema, council_name_fi=f"{name} {schema}", as_of=at)
    Figure.objects.using(using).bulk_create(
        Figure(schema=schema, metric=metric, period=period, value=value, as_of=at)
        for metric, (period, value) in FIGURES.items()
    )
    PublishedItem.objects.using(using).bulk_create(
        PublishedItem(
            schema=schema, kind="article", key=str(n), title=f"Otsikko {n}: {schema}", summary="Lyhyesti.",
            path=f"/uutiset/{n}/", published_at=at - timedelta(days=n),
        )
        for n in range(30)
    )  # fmt: skip


@pytest.fixture
def told(kainuu: Region) -> Region:
    """Kainuu has told; Lapland is there but silent; the others are not here."""
    with in_region(kainuu):
        tell("kainuu")
    return kainuu


@pytest.fixture
def all_of_finland(committed: None) -> Iterator[None]:
    """Every region of Finland is here and has told, and eleven schemas besides that nobody knows."""
    here = set(Region.objects.using(OWNER).values_list("slug", flat=True))
    made = []
    for known in known_regions():
        if known.slug not in here:
            region = Region(
                slug=known.slug, schema_name=known.slug.replace("-", "_"), code=known.code, nuts3=known.nuts3,
                name_fi=known.name_fi, name_sv=known.name_sv, name_en=known.name_en,
            )  # fmt: skip
            Region.objects.using(OWNER).bulk_create([region])
            made.append(region)
            Domain.objects.using(OWNER).bulk_create(
                [Domain(domain=f"{known.slug}.localhost", tenant=region, is_primary=True)]
            )
    for schema in [*(known.slug.replace("-", "_") for known in known_regions()), *(f"unknown_{n}" for n in range(11))]:
        tell(schema, using=OWNER)
    try:
        yield
    finally:
        Domain.objects.using(OWNER).filter(tenant__in=made).delete()
        Region.objects.using(OWNER).filter(pk__in=[region.pk for region in made])._raw_delete(OWNER)


@pytest.fixture
def three_regions(committed: None) -> None:
    """Two regions have told, and a schema besides that nobody knows."""
    for schema in ("kainuu", "lappi", "unknown"):
        tell(schema, using=OWNER)
