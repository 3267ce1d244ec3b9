"""The 19 regions of Finland as official tables name them. The file is data, not code."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from yhdys.core.errors import ActionRefused


@dataclass(frozen=True)
class KnownRegion:
    """A region of Finland, whether or not it has a council here."""

    code: str
    slug: str
    nuts3: str
    name_fi: str
    name_sv: str
    name_en: str


@cache
def known_regions() -> tuple[KnownRegion, ...]:
    """All of them, by region code."""
    table = files("yhdys.regions").joinpath("data/regions.csv").read_text(encoding="utf-8")
    return tuple(KnownRegion(**row) for row in csv.DictReader(table.splitlines()))


def known_region(slug: str) -> KnownRegion:
    """The region with this name in addresses. Raises ActionRefused for an unknown one."""
    for region in known_regions():
        if region.slug == slug:
            return region
    names = ", ".join(region.slug for region in known_regions())
    raise ActionRefused(_("Finland has no region “{slug}”. Choose one of: {names}.").format(slug=slug, names=names))
