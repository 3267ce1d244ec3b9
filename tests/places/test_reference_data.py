"""What the country's places are, after loading."""

from datetime import date

import pytest
from django.utils.translation import override

from yhdys.core.reference import Loaded
from yhdys.places.actions import load_reference_data
from yhdys.places.enums import LanguageStatus, SamiHomeland
from yhdys.places.models import Municipality, WellbeingServicesCounty
from yhdys.tenancy.context import in_national

pytestmark = pytest.mark.django_db
NOW = date(2025, 6, 1)


@pytest.fixture(autouse=True)
def reference_data():
    with in_national():
        load_reference_data()
        yield


def names(queryset) -> list[str]:
    return [place.name_fi for place in queryset]


def test_a_second_load_writes_nothing():
    assert load_reference_data() == Loaded(created=0, updated=0)


def test_a_load_repairs_a_row_that_has_drifted():
    Municipality.objects.filter(code="205").update(name_fi="Kajani", region_code="19")
    assert load_reference_data() == Loaded(created=0, updated=1)
    kajaani = Municipality.objects.get(code="205")
    assert (kajaani.name_fi, kajaani.region_code) == ("Kajaani", "18")


def test_finland_has_308_municipalities_and_21_counties():
    assert Municipality.objects.valid_on(NOW).count() == 308
    assert WellbeingServicesCounty.objects.valid_on(NOW).count() == 21


def test_counties_began_in_2023():
    assert not WellbeingServicesCounty.objects.valid_on(date(2022, 12, 31)).exists()
    assert WellbeingServicesCounty.objects.valid_on(date(2023, 1, 1)).count() == 21


@pytest.mark.parametrize(("region", "count"), [("18", 8), ("19", 21), ("08", 6), ("17", 30)])
def test_launch_regions_have_their_municipalities(region, count):
    assert Municipality.objects.of_region(region).valid_on(NOW).count() == count


def test_kainuu_in_alphabetical_order():
    assert names(Municipality.objects.of_region("18")) == [
        "Hyrynsalmi",
        "Kajaani",
        "Kuhmo",
        "Paltamo",
        "Puolanka",
        "Ristijärvi",
        "Sotkamo",
        "Suomussalmi",
    ]


def test_names_sort_by_the_finnish_alphabet():
    assert names(Municipality.objects.filter(code__in=["992", "980", "989", "981"])) == [
        "Ylöjärvi",
        "Ypäjä",
        "Ähtäri",
        "Äänekoski",
    ]


def test_only_helsinki_and_aland_are_without_a_county():
    without = Municipality.objects.valid_on(NOW).filter(county=None)
    assert {place.region_code for place in without} == {"01", "21"}
    assert names(without.filter(region_code="01")) == ["Helsinki"]


def test_languages_of_municipalities():
    now = Municipality.objects.valid_on(NOW)
    assert now.filter(language_status=LanguageStatus.BILINGUAL).count() == 33
    assert {place.region_code for place in now.filter(language_status=LanguageStatus.SWEDISH)} == {"21"}
    assert [place.name_sv for place in now.of_region("08") if place.is_bilingual] == ["Pyttis"]


def test_sami_homeland_is_four_municipalities_of_lapland():
    homeland = Municipality.objects.in_sami_homeland()
    assert names(homeland) == ["Enontekiö", "Inari", "Sodankylä", "Utsjoki"]
    assert names(homeland.filter(sami_homeland=SamiHomeland.PART)) == ["Sodankylä"]


def test_a_merged_municipality_keeps_its_last_day_and_successor():
    valtimo = Municipality.objects.get(code="911")
    assert valtimo.exists_on(date(2019, 12, 31))
    assert not valtimo.exists_on(date(2020, 1, 1))
    assert valtimo.successor.name_fi == "Nurmes"
    assert valtimo not in Municipality.objects.valid_on(NOW)


@pytest.mark.parametrize(
    ("code", "fi", "sv", "en"),
    [("148", "Inari", "Enare", "Inari"), ("478", "Maarianhamina", "Mariehamn", "Mariehamn")],
)
def test_a_place_is_named_in_the_readers_language(code, fi, sv, en):
    place = Municipality.objects.get(code=code)
    shown = []
    for language in ("fi", "sv", "en"):
        with override(language):
            shown.append(str(place))
    assert shown == [fi, sv, en]
