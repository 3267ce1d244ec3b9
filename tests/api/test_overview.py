"""The nation's figures as data."""

import pytest
from tests.api.conftest import Ask
from tests.web.national.conftest import tell

from yhdys.overview.models import Figure
from yhdys.regions.actions import suspend_region
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region


@pytest.fixture(autouse=True)
def told(kainuu: Region) -> Region:
    """Kainuu has told."""
    with in_region(kainuu):
        tell("kainuu")
        Figure.objects.filter(metric="council_founded").update(as_of="2026-11-21T07:00:00Z")
    return kainuu


def test_all_regions_of_finland_are_listed(ask: Ask) -> None:
    regions = {region["slug"]: region for region in ask("", "regions/")}
    assert len(regions) == 19
    assert regions["kainuu"] == {
        "code": "18",
        "slug": "kainuu",
        "nuts3": "FI1D8",
        "name": {"fi": "Kainuu", "sv": "Kajanaland", "en": "Kainuu"},
        "state": "active",
        "council": {"fi": "Neuvottelukunta kainuu"},
        "site": "http://kainuu.localhost:8000/",
        "demonstration": False,
        "as_of": "2026-11-21T07:00:00+00:00",
        "figures": "http://localhost/api/v1/regions/kainuu/figures/",
    }
    absent = regions["uusimaa"]
    assert (absent["state"], absent["council"], absent["site"]) == ("absent", None, None)


def test_figures_come_with_their_meaning_in_every_language(ask: Ask) -> None:
    figures = {figure["metric"]: figure for figure in ask("", "regions/kainuu/figures/")}
    assert figures["seats"]["value"] == 11
    assert figures["seats"]["label"] == {"fi": "Jäsenpaikat", "sv": "Medlemsplatser", "en": "Seats"}
    assert (figures["members"]["value"], figures["members"]["suppressed"]) == (None, True)
    assert (figures["bodies"]["period"], figures["bodies"]["suppressed"]) == ("now", False)


@pytest.mark.parametrize("slug", ["lappi", "uusimaa"])
def test_a_region_that_has_told_nothing_has_no_figures(ask: Ask, lappi: Region, slug: str) -> None:
    assert ask("", f"regions/{slug}/figures/") == []


def test_a_suspended_region_tells_nothing(ask: Ask) -> None:
    suspend_region("kainuu")
    region = next(region for region in ask("", "regions/") if region["slug"] == "kainuu")
    assert (region["state"], region["council"], region["site"], region["as_of"]) == ("suspended", None, None, None)
    assert ask("", "regions/kainuu/figures/") == []
