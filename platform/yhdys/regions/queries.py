"""Questions about the regions of this deployment."""

from django.db.models import QuerySet

from yhdys.regions.models import Region
from yhdys.tenancy.context import in_front


def active_regions() -> QuerySet[Region]:
    """Regions whose doors are open, by region code."""
    regions: QuerySet[Region] = Region.objects.filter(state=Region.State.ACTIVE)
    return regions


def schemas_at_work() -> list[str]:
    """Their schemas, asked as the role that may read nothing else."""
    with in_front():
        return list(active_regions().values_list("schema_name", flat=True))


def is_at_work(schema: str) -> bool:
    """Whether this is the schema of an active region, asked anew each time."""
    with in_front():
        return active_regions().filter(schema_name=schema).exists()
