"""Organisations, people and consents."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import user

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.keywords.models import Sector
from yhdys.organisations.actions import (
    add_contact,
    add_organisation,
    change_contact,
    change_organisation,
    close_organisation,
    give_consent,
    link_user,
    withdraw_consent,
)
from yhdys.organisations.enums import ConsentField, ConsentSource, Reach
from yhdys.organisations.models import Consent, Contact, Organisation
from yhdys.organisations.validators import business_id_check_digit

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(clock.helsinki(2026, 11, 21, 12)):
        yield


def test_an_organisation_gets_an_address_a_sort_key_and_a_history() -> None:
    culture = Sector.objects.get(code="culture")
    one = add_organisation(Organisation(name_fi="Äänen Ystävät ry"), sectors=[culture], by=user("Sanni"))
    two = add_organisation(Organisation(name_fi="Äänen ystävät ry"), by=None)
    three = add_organisation(Organisation(name_fi="Zonta ry"), by=None)
    assert (one.slug, two.slug) == ("aanen-ystavat-ry", "aanen-ystavat-ry-2")
    assert list(Organisation.objects.listed()) == [three, one, two]
    assert list(one.sectors.all()) == [culture]
    assert (Entry.objects.about(one).get().verb, Entry.objects.about(one).get().actor_name) == ("added", "Sanni")


@pytest.mark.parametrize("number", ["0112038-9", "2617416-4", "0000000-0"])
def test_a_right_business_id_is_taken(number: str) -> None:
    digits, _hyphen, check = number.partition("-")
    assert business_id_check_digit(digits) == int(check)
    assert add_organisation(Organisation(name_fi="Koe ry", business_id=number), by=None).business_id == number


@pytest.mark.parametrize(
    "number", ["0112038-8", "112038-9", "01120389", "0112038-99", "٠١١٢٠٣٨-9", "0112038-9\n", "FI01120389", "0000003-1"]
)
def test_a_wrong_business_id_is_refused(number: str) -> None:
    with pytest.raises(ActionRefused, match="business ID"):
        add_organisation(Organisation(name_fi="Koe ry", business_id=number), by=None)
    assert not Organisation.objects.exists()


def test_no_business_id_ends_in_ten() -> None:
    # 3 * 2 = 6 and 8 * 2 = 16; the sum 12 leaves 1 by 11, which the register never gives.
    assert business_id_check_digit("0000006") is None


def test_a_business_id_belongs_to_one_organisation_and_the_refusal_names_it() -> None:
    first = add_organisation(Organisation(name_fi="Eka ry", business_id="0112038-9"), by=None)
    with pytest.raises(ActionRefused, match="belongs to “Eka ry” already"):
        add_organisation(Organisation(name_fi="Toka ry", business_id="0112038-9"), by=None)
    assert change_organisation(first, by=None).business_id == "0112038-9"
    assert add_organisation(Organisation(name_fi="Kolmas ry"), by=None).pk
    assert add_organisation(Organisation(name_fi="Neljäs ry"), by=None).pk


@pytest.mark.parametrize(
    "fields",
    [
        {"name_fi": ""},
        {"name_fi": "x" * 201},
        {"reach": Reach.LOCAL},
        {"active_from": date(2020, 1, 1), "active_until": date(2019, 12, 31)},
        {"website": "javascript:alert(1)"},
        {"email": "ei osoite"},
        {"register_number": "12a"},
    ],
)
def test_a_broken_organisation_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ActionRefused):
        add_organisation(Organisation(**{"name_fi": "Koe ry"} | fields), by=None)
    assert not Organisation.objects.exists()


def test_a_change_of_sectors_alone_is_noted_once() -> None:
    organisation = OrganisationFactory()
    sectors = list(Sector.objects.filter(code__in=["culture", "sports"]))
    change_organisation(organisation, sectors=sectors, by=None)
    change_organisation(organisation, sectors=sectors, by=None)
    assert Entry.objects.about(organisation).get().details == {"fields": ["sectors"]}


def test_an_organisation_ends_without_leaving_old_rosters() -> None:
    organisation = close_organisation(OrganisationFactory(), on=date(2026, 11, 20), by=None)
    assert not organisation.is_active
    assert list(Organisation.objects.active()) == []
    assert list(Organisation.objects.all()) == [organisation]


def contact(**fields: Any) -> Contact:
    return add_contact(Contact(**{"name": "Aino Koe", "email": "aino@example.org"} | fields), by=None)


def test_a_persons_own_address_is_public_by_consent_only() -> None:
    aino = contact(phone="040 123 4567")
    assert (aino.public_email, aino.public_phone, aino.mail_address) == ("", "", "aino@example.org")
    give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, by=user())
    assert (aino.public_email, aino.public_phone) == ("aino@example.org", "")
    withdraw_consent(aino, ConsentField.EMAIL, source=ConsentSource.EMAIL, by=None)
    assert aino.public_email == ""
    assert [entry.verb for entry in Entry.objects.about(aino)] == ["consent_withdrawn", "consent_given", "added"]


def test_the_address_of_a_post_comes_first_and_needs_no_consent() -> None:
    aino = contact(role_email="sihteeri@example.org")
    assert (aino.public_email, aino.mail_address) == ("sihteeri@example.org", "sihteeri@example.org")


def test_consents_are_kept_as_a_history() -> None:
    aino = contact()
    give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, on=date(2026, 1, 1), by=None)
    withdraw_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, on=date(2026, 6, 1), by=None)
    with pytest.raises(ActionRefused, match="ended after that day"):
        give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, on=date(2026, 5, 1), by=None)
    give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, by=None)
    assert [(one.given_on, one.withdrawn_on) for one in Consent.objects.history()] == [
        (date(2026, 11, 21), None),
        (date(2026, 1, 1), date(2026, 6, 1)),
    ]


def test_consents_that_make_no_sense_are_refused() -> None:
    aino = contact()
    with pytest.raises(ActionRefused, match="Nothing to publish yet"):
        give_consent(aino, ConsentField.PHONE, source=ConsentSource.FORM, by=None)
    with pytest.raises(ActionRefused, match="still to come"):
        give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, on=date(2026, 11, 22), by=None)
    with pytest.raises(ActionRefused, match="no consent to withdraw"):
        withdraw_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, by=None)
    give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, on=date(2026, 6, 1), by=None)
    with pytest.raises(ActionRefused, match="a consent to this already"):
        give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, by=None)
    for wrong in (date(2026, 5, 31), date(2026, 11, 22)):
        with pytest.raises(ActionRefused, match="between the giving"):
            withdraw_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, on=wrong, by=None)


def test_a_new_address_needs_a_new_consent() -> None:
    aino = contact()
    give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, by=None)
    aino.email = "uusi@example.org"
    change_contact(aino, by=None)
    assert aino.public_email == ""
    aino.title_fi = "Puheenjohtaja"  # type: ignore[attr-defined]  # by translation
    give_consent(aino, ConsentField.EMAIL, source=ConsentSource.FORM, by=None)
    change_contact(aino, by=None)
    assert aino.public_email == "uusi@example.org"


def test_people_stand_by_family_name() -> None:
    names = ["Aino Öhman", "Bertil Åberg", "Cecilia Andersson", "Eila Zidbäck"]
    for name in names:
        contact(name=name)
    assert [one.name for one in Contact.objects.listed()] == [
        "Cecilia Andersson",
        "Eila Zidbäck",
        "Bertil Åberg",
        "Aino Öhman",
    ]


def test_one_user_is_one_person() -> None:
    aino, ville, who = contact(), ContactFactory(name="Ville"), user("Aino Koe")
    link_user(aino, who, by=None)
    with pytest.raises(ActionRefused, match="is Aino Koe already"):
        link_user(ville, who, by=None)
    link_user(aino, None, by=None)
    assert link_user(ville, who, by=None).user == who


def test_a_person_without_a_name_is_refused() -> None:
    with pytest.raises(ActionRefused):
        contact(name="")
