"""The directory of organisations by a program."""

from typing import Any

import pytest
from tests.api.conftest import Program, program_of
from tests.factories.accounts import user_with_role
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.accounts.models import StaffRole
from yhdys.keywords.models import Sector
from yhdys.organisations.models import Organisation
from yhdys.places.models import Municipality
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region


@pytest.fixture
def editor(kainuu: Region) -> Program:
    with in_region(kainuu):
        return program_of(user_with_role(StaffRole.Role.EDITOR), "organisations:write")


def test_the_directory_is_not_for_visitors(kainuu: Region) -> None:
    with in_region(kainuu):
        made = OrganisationFactory.create()
    for path in ("organisations/", f"organisations/{made.pk}/"):
        assert Program().get(path).status_code == 401


def test_an_organisation_is_added_changed_and_closed(editor: Program, kainuu: Region) -> None:
    with in_region(kainuu):
        sectors = [sector.code for sector in Sector.objects.all()[:2]]
        home = Municipality.objects.filter(region_code="18").first()
        assert home is not None
    data = {"name": {"fi": "Kajaanin Kalakaverit ry"}, "reach": "local", "municipality": home.code, "sectors": sectors}
    made = editor.make("organisations/", data)
    path = f"organisations/{made['id']}/"
    assert (made["municipality"], sorted(made["sectors"])) == (home.code, sorted(sectors))
    changed = editor.change("PATCH", path, {"name": {"sv": "Fiskarna rf"}, "sectors": [], "email": "kala@example.org"})
    assert changed.json()["name"] == {"fi": "Kajaanin Kalakaverit ry", "sv": "Fiskarna rf"}
    assert (changed.json()["sectors"], changed.json()["email"]) == ([], "kala@example.org")
    closed = editor.change("POST", f"{path}closing/", {"on": "2026-11-20"}, read=path)
    assert closed.json()["active_until"] == "2026-11-20"
    assert editor.told("organisations/?active=true")["results"] == []
    assert len(editor.told("organisations/?active=false&q=kalakaverit")["results"]) == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"name": {}}, 409),
        ({"name": {"sv": "Bara"}}, 409),
        ({"business_id": "1234567-9"}, 409),
        ({"business_id": "12345678901"}, 400),
        ({"reach": "local"}, 409),
        ({"reach": "everywhere"}, 400),
        ({"municipality": "999"}, 400),
        ({"municipality": "\0"}, 400),
        ({"sectors": ["ei-ole"]}, 400),
        ({"sectors": "kulttuuri"}, 400),
        ({"sectors": [None]}, 400),
        ({"website": "javascript:alert(1)"}, 409),
        ({"email": "ei osoite"}, 409),
        ({"active_from": "1799-12-31"}, 400),
        ({"active_from": "2026-02-30"}, 400),
        ({"active_from": "2026-02-02", "active_until": "2026-02-01"}, 409),
        ({"slug": "oma"}, 400),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(editor: Program, wrong: dict[str, Any], status: int) -> None:
    answer = editor.send("POST", "organisations/", {"name": {"fi": "Yhdistys"}, **wrong})
    assert answer.status_code == status, answer.content
    with in_region("kainuu"):
        assert not Organisation.objects.exists()


def test_a_contact_changes_the_own_organisation_alone(kainuu: Region) -> None:
    with in_region(kainuu):
        user = user_with_role(None)
        own, other = OrganisationFactory.create(), OrganisationFactory.create()
        ContactFactory.create(user=user, organisation=own)
        program = program_of(user)
    assert program.change("PATCH", f"organisations/{own.pk}/", {"phone": "08 123"}).status_code == 200
    assert program.change("PATCH", f"organisations/{other.pk}/", {"phone": "08 123"}).status_code == 403
    assert program.send("POST", "organisations/", {"name": {"fi": "Uusi"}}).status_code == 403


def test_they_come_in_the_finnish_alphabet_page_by_page(editor: Program, kainuu: Region) -> None:
    names = ["Aava ry", "Aava ry", "Zonta ry", "Åvik ry", "Äijät ry", "Öljy ry"]
    with in_region(kainuu):
        for name in reversed(names):
            OrganisationFactory.create(name_fi=name)
    told, path = [], "organisations/?page_size=2"
    while path:
        page = editor.told(path)
        told += [one["name"]["fi"] for one in page["results"]]
        path = page["next"] and page["next"].partition("/api/v1/")[2]
    assert told == names


def test_one_row_costs_the_same_queries_as_many(editor: Program, kainuu: Region, queries_of: Any) -> None:
    with in_region(kainuu):
        OrganisationFactory.create().sectors.set(Sector.objects.all()[:2])
    few = queries_of(lambda: editor.told("organisations/"))
    with in_region(kainuu):
        for _n in range(3):
            OrganisationFactory.create().sectors.set(Sector.objects.all()[:3])
    assert queries_of(lambda: editor.told("organisations/")) == few
