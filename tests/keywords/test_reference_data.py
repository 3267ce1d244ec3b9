"""The shared lists of sectors and keywords, after loading."""

import pytest
from django.utils.translation import override

from yhdys.core.reference import Loaded
from yhdys.keywords.actions import load_reference_data
from yhdys.keywords.models import Keyword, Sector
from yhdys.tenancy.context import in_national

pytestmark = pytest.mark.django_db

KYMENLAAKSO = {
    "patient-disability",
    "mental-health-substance-abuse",
    "immigrants",
    "employment",
    "older-people",
    "partnership-houses",
    "preparedness",
    "sports",
    "culture",
}


@pytest.fixture(autouse=True)
def reference_data():
    with in_national():
        load_reference_data()
        yield


def test_a_second_load_writes_nothing():
    assert load_reference_data() == Loaded(created=0, updated=0)


@pytest.mark.parametrize("model", [Sector, Keyword])
def test_every_row_is_named_in_three_languages(model):
    assert model.objects.exists()
    for row in model.objects.all():
        assert all([row.name_fi, row.name_sv, row.name_en]), row.code


@pytest.mark.parametrize("model", [Sector, Keyword])
@pytest.mark.parametrize("field", ["name_fi", "name_sv", "name_en"])
def test_no_name_occurs_twice(model, field):
    names = list(model.objects.values_list(field, flat=True))
    assert len(names) == len(set(names))


def test_the_nine_sectors_of_kymenlaakso_are_on_the_list():
    assert set(Sector.objects.filter(code__in=KYMENLAAKSO).values_list("code", flat=True)) == KYMENLAAKSO


def test_a_sector_is_named_in_the_readers_language():
    sector = Sector.objects.get(code="older-people")
    with override("sv"):
        assert str(sector) == "Äldre"
    with override("en"):
        assert str(sector) == "Older people"


def test_keywords_stand_in_alphabetical_order():
    codes = list(
        Keyword.objects.filter(code__in=["villages", "older-people", "accessibility"]).values_list("code", flat=True)
    )
    assert codes == ["older-people", "villages", "accessibility"]
