"""The directory of organisations and people as those who keep it see it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.accounts.conftest import set_up_app
from tests.factories.accounts import UserFactory, user_with_role
from tests.factories.councils import BodyFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import in_body, user

from yhdys.councils.enums import Role
from yhdys.councils.models import Body
from yhdys.keywords.models import Sector
from yhdys.organisations.actions import change_organisation
from yhdys.organisations.models import Consent, Contact, Organisation
from yhdys.places.models import Municipality
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
LIST = "/en/workspace/organisations/"
PEOPLE = "/en/workspace/people/"


@pytest.fixture
def body(region: Region) -> Body:
    return BodyFactory()


@pytest.fixture
def desk(body: Body, secretary_of: Callable[[Body], Client]) -> Client:
    """The secretary's browser."""
    return secretary_of(body)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def form(**fields: Any) -> dict[str, Any]:
    return {"name_fi": "Koemaan Kylät ry", "reach": "regional"} | fields


def test_the_list_takes_the_same_queries_for_one_and_for_four(desk: Client) -> None:
    counts = []
    for more in (1, 3):
        for _row in range(more):
            one = OrganisationFactory(municipality=Municipality.objects.get(code="205"))
            one.sectors.set(Sector.objects.all()[:3])
        desk.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(LIST).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_list_is_searched_filtered_and_sorted(desk: Client) -> None:
    kajaani = Municipality.objects.get(code="205")
    culture = OrganisationFactory(name_fi="Öljylamppu ry", municipality=kajaani)
    culture.sectors.set(Sector.objects.filter(code="culture"))
    OrganisationFactory(name_fi="Ahjo ry")
    OrganisationFactory(name_fi="Entinen ry", active_until="2020-01-01")
    page = text(desk.get(LIST))
    assert page.index("Ahjo ry") < page.index("Öljylamppu ry")
    assert "Entinen ry" not in page
    page = text(desk.get(LIST, {"sort": "-name"}))
    assert page.index("Öljylamppu ry") < page.index("Ahjo ry")
    for wishes in ({"q": "öljy"}, {"sector": "culture"}, {"municipality": "205"}):
        page = text(desk.get(LIST, wishes))
        assert "Öljylamppu ry" in page
        assert "Ahjo ry" not in page
    assert "Entinen ry" in text(desk.get(LIST, {"show": "ended"}))
    assert desk.get(LIST, {"sector": "ei-ole", "page": "x", "sort": "DROP"}).status_code == 200


def test_an_organisation_is_added(desk: Client) -> None:
    answer = desk.post(LIST + "new/", form(business_id="0112038-9", sectors=["culture", "sports"]))
    organisation = Organisation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{organisation.pk}/")
    assert {sector.code for sector in organisation.sectors.all()} == {"culture", "sports"}
    page = text(desk.get(answer["Location"]))
    assert "Koemaan Kylät ry" in page
    assert "Added" in page


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"name_fi": ""}, 422),
        ({"name_fi": "x" * 201}, 422),
        ({"business_id": "0112038-8"}, 422),
        ({"email": "ei osoite"}, 422),
        ({"website": "javascript:alert(1)"}, 422),
        ({"active_from": "31.2.2020"}, 422),
        ({"sectors": ["ei-ole"]}, 422),
        ({"municipality": "000"}, 422),
        ({"reach": "galaxy"}, 422),
        ({"reach": "local"}, 409),
        ({"active_from": "1.1.2020", "active_until": "31.12.2019"}, 409),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(desk: Client, wrong: dict[str, Any], status: int) -> None:
    answer = desk.post(LIST + "new/", form(short_name="Kylätyö") | wrong)
    assert answer.status_code == status
    page = text(answer)
    assert "govuk-error-summary" in page
    assert 'value="Kylätyö"' in page
    assert not Organisation.objects.exists()


def test_a_second_one_with_the_same_business_id_is_refused_by_name(desk: Client) -> None:
    OrganisationFactory(name_fi="Eka ry", business_id="0112038-9")
    answer = desk.post(LIST + "new/", form(business_id="0112038-9"))
    assert answer.status_code == 409
    assert "belongs to “Eka ry” already" in text(answer)


def test_html_in_a_name_is_only_text(desk: Client) -> None:
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    answer = desk.post(LIST + "new/", form(name_fi=attack, description_fi=attack))
    for path in (answer["Location"], LIST, answer["Location"] + "edit/"):
        page = text(desk.get(path))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert" in page


def version(page: Any) -> str:
    return str(page.context["form"].fields["version"].initial)


def test_two_who_edit_at_once_see_each_others_text_and_overwrite_nothing(desk: Client) -> None:
    organisation = OrganisationFactory(name_fi="Alku ry", short_name="Alku")
    address = f"{LIST}{organisation.pk}/edit/"
    seen = version(desk.get(address))
    organisation.short_name = "Heidän nimensä"
    change_organisation(organisation, by=user("Toinen Toimija"))
    answer = desk.post(address, form(short_name="Minun nimeni", version=seen))
    assert answer.status_code == 409
    page = text(answer)
    assert "Toinen Toimija changed this while you were writing" in page
    assert "Heidän nimensä" in page
    assert 'value="Minun nimeni"' in page
    organisation.refresh_from_db()
    assert organisation.short_name == "Heidän nimensä"
    again = answer.context["form"].data["version"]
    assert again != seen
    assert desk.post(address, form(short_name="Minun nimeni", version=again)).status_code == 302
    organisation.refresh_from_db()
    assert organisation.short_name == "Minun nimeni"


@pytest.mark.parametrize("version", ["", "eilen", "2026-01-01T00:00:00+00:00"])
def test_a_form_without_the_right_version_overwrites_nothing(desk: Client, version: str) -> None:
    organisation = OrganisationFactory(name_fi="Alku ry")
    assert desk.post(f"{LIST}{organisation.pk}/edit/", form(version=version)).status_code == 409
    organisation.refresh_from_db()
    assert str(organisation) == "Alku ry"


def test_a_person_is_added_to_an_organisation_and_consents_field_by_field(desk: Client) -> None:
    organisation = OrganisationFactory()
    answer = desk.post(
        f"{PEOPLE}new/?organisation={organisation.pk}",
        {"name": "Aino Koe", "organisation": organisation.pk, "email": "aino@example.org"},
    )
    aino = Contact.objects.get(name="Aino Koe")
    assert answer["Location"] == f"{PEOPLE}{aino.pk}/"
    consent = f"{PEOPLE}{aino.pk}/consents/email/"
    assert desk.post(consent, {"source": "form", "on": "1.1.2020"}).status_code == 302
    assert aino.public_email == "aino@example.org"
    assert "Withdraw the consent" in text(desk.get(consent))
    assert desk.post(consent, {"source": "form", "on": "1.1.2019"}).status_code == 409
    assert desk.post(consent, {"source": "email", "on": "2.1.2020"}).status_code == 302
    assert aino.public_email == ""
    assert Consent.objects.count() == 1
    assert desk.post(f"{PEOPLE}{aino.pk}/consents/phone/", {"source": "form", "on": "1.1.2020"}).status_code == 409
    assert desk.get(f"{PEOPLE}{aino.pk}/consents/shoe-size/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("kuva.svg", b"<svg/>"), ("kuva.png", b"<script>"), ("kuva.jpg", b"\xff\xd8\xff" + b"0" * (2 * 1024 * 1024))],
)
def test_a_photograph_is_a_picture_of_a_fair_size(desk: Client, name: str, content: bytes) -> None:
    answer = desk.post(f"{PEOPLE}new/", {"name": "Aino Koe", "photo": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert not Contact.objects.filter(name="Aino Koe").exists()


def test_somebody_without_a_role_sees_no_directory(region: Region, window_of: Callable[[Any], Client]) -> None:
    window = window_of(UserFactory())
    organisation, person = OrganisationFactory(), ContactFactory()
    assert window.get(LIST).status_code == 403
    assert window.get(f"{LIST}{organisation.pk}/").status_code == 404
    assert window.get(f"{PEOPLE}{person.pk}/").status_code == 404
    assert Client(headers={"host": "kainuu.localhost"}).get(LIST).status_code == 302


def test_a_member_reads_the_directory_and_changes_nothing(body: Body, window_of: Callable[[Any], Client]) -> None:
    window = window_of(in_body(body, Role.MEMBER))
    organisation, person = OrganisationFactory(), ContactFactory()
    assert window.get(f"{LIST}{organisation.pk}/").status_code == 200
    for path in (LIST + "new/", f"{LIST}{organisation.pk}/edit/", f"{PEOPLE}new/"):
        assert window.get(path).status_code == 403
        assert window.post(path, form(name="x")).status_code == 403
    assert window.get(f"{PEOPLE}{person.pk}/").status_code == 404
    assert person.name not in text(window.get(PEOPLE))


def test_somebody_keeps_the_card_of_their_own_organisation(window_of: Callable[[Any], Client]) -> None:
    who, own, other = UserFactory(), OrganisationFactory(), OrganisationFactory()
    ContactFactory(user=who, organisation=own)
    window = window_of(who)
    seen = version(window.get(f"{LIST}{own.pk}/edit/"))
    assert window.post(f"{LIST}{own.pk}/edit/", form(name_fi="Uusi nimi ry", version=seen)).status_code == 302
    assert window.get(f"{LIST}{other.pk}/edit/").status_code == 403
    answer = window.post(f"{PEOPLE}new/?organisation={own.pk}", {"name": "Uusi Ihminen", "organisation": other.pk})
    assert answer.status_code == 403
    assert not Contact.objects.filter(name="Uusi Ihminen").exists()


def test_another_regions_organisation_is_not_here(desk: Client, lappi: Region) -> None:
    with in_region(lappi):
        foreign, person = OrganisationFactory(), ContactFactory()
    assert desk.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert desk.post(f"{LIST}{foreign.pk}/edit/", form()).status_code == 404
    assert desk.get(f"{PEOPLE}{person.pk}/").status_code == 404
    assert desk.get(f"{PEOPLE}new/?organisation={foreign.pk}").status_code == 404
    assert desk.get(f"{PEOPLE}new/?organisation=kissa").status_code == 404


def test_an_administrator_says_which_user_a_person_is(
    body: Body, desk: Client, window_of: Callable[[Any], Client]
) -> None:
    administrator = user_with_role("administrator")
    set_up_app(administrator)
    window = window_of(administrator)
    aino, who = ContactFactory(name="Aino Koe"), UserFactory()
    address = f"{PEOPLE}{aino.pk}/user/"
    assert desk.get(address).status_code == 403
    assert desk.post(address, {"user": who.pk}).status_code == 403
    assert window.post(address, {"user": who.pk}).status_code == 302
    aino.refresh_from_db()
    assert aino.user == who
    other = f"{PEOPLE}{ContactFactory().pk}/user/"
    assert window.post(other, {"user": who.pk}).status_code == 409
    assert window.post(other, {"user": "kissa"}).status_code == 422
    assert window.post(address, {"user": ""}).status_code == 302
    aino.refresh_from_db()
    assert aino.user is None
