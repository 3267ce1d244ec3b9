"""Representatives as data."""

from datetime import timedelta

import pytest
from tests.api.conftest import Program
from tests.factories.councils import BodyFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.core import clock
from yhdys.councils.actions import name_representative
from yhdys.councils.enums import GroupKind
from yhdys.councils.models import OutsideGroup, Representation
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")


def named(name: str) -> Representation:
    group = OutsideGroup.objects.create(kind=GroupKind.PARTNERSHIP_TABLE, name_fi="Kumppanuuspöytä", url="")
    person = ContactFactory(
        name=name,
        email="salainen@example.org",
        phone="040 123",
        organisation=OrganisationFactory(name_fi="Yhdistys ry"),
    )
    body = BodyFactory(slug="neuvottelukunta")
    return name_representative(group=group, body=body, contact=person, start=clock.today(), by=None)


def test_mandates_in_force_are_told_without_addresses(region: Region) -> None:
    mandate = named("Ritva Raitio")
    answer = Program().get("representations/")
    assert "salainen" not in answer.content.decode()
    assert "040" not in answer.content.decode()
    [told] = Program().told("representations/")["results"]
    assert {name: told[name] for name in ("id", "name", "organisation", "body", "stands_as", "end")} == {
        "id": str(mandate.pk),
        "name": "Ritva Raitio",
        "organisation": {"fi": "Yhdistys ry"},
        "body": "neuvottelukunta",
        "stands_as": "member",
        "end": None,
    }
    assert told["group"]["name"] == {"fi": "Kumppanuuspöytä"}


@pytest.mark.parametrize(
    ("query", "count"), [("body=neuvottelukunta", 1), ("body=muu", 0), ("kind=partnership_table", 1), ("kind=other", 0)]
)
def test_they_are_filtered(region: Region, query: str, count: int) -> None:
    named("Ritva Raitio")
    assert len(Program().told(f"representations/?{query}")["results"]) == count


def test_who_is_over_or_of_another_region_is_not_told(region: Region, lappi: Region) -> None:
    Representation.objects.filter(pk=named("Ritva Raitio").pk).update(
        start=clock.today() - timedelta(days=9), end=clock.today() - timedelta(days=1)
    )
    with in_region(lappi):
        named("Lapin Edustaja")
    assert Program().told("representations/")["results"] == []
