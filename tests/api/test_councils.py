"""Bodies, terms, seats and members as data."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.api.conftest import Program, program_of
from tests.factories.councils import BodyFactory, TermFactory
from tests.factories.meetings import council, deputy_of, member
from tests.factories.people import in_body

from yhdys.core import clock
from yhdys.councils.enums import BodyKind, Role, TermState
from yhdys.councils.models import Body, Seat
from yhdys.organisations.models import Contact
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region


@pytest.fixture
def body(kainuu: Region) -> Body:
    """A council of a chair, a member with a deputy, a secretary and an empty seat."""
    with in_region(kainuu):
        term = council(slug="neuvottelukunta")
        member(term, Role.CHAIR, name="Pia Puheenjohtaja", email="oma@example.org", phone="040 1")
        deputy_of(member(term, name="Jari Jäsen"), name="Vieno Vara")
        member(term, Role.SECRETARY, name="Siiri Sihteeri", role_email="sihteeri@example.org")
        Seat.objects.create(term=term, represents="expert", label_fi="Asiantuntija", position=30_000)
        return term.body


def test_a_roster_tells_who_holds_which_seat(body: Body) -> None:
    told = Program().told("bodies/neuvottelukunta/members/")
    assert told["on"] == clock.today().isoformat()
    assert [(one["role"], one["name"]) for one in told["officers"]] == [
        ("chair", "Pia Puheenjohtaja"),
        ("secretary", "Siiri Sihteeri"),
    ]
    seats = {place["member"]["name"]: place for place in told["places"] if place["member"]}
    assert [one["name"] for one in seats["Jari Jäsen"]["deputies"]] == ["Vieno Vara"]
    assert sum(place["is_vacant"] for place in told["places"]) == 1
    assert told["members"] == len(seats)


def test_what_is_a_persons_own_is_told_by_consent_alone(body: Body) -> None:
    answer = Program().get("bodies/neuvottelukunta/members/")
    assert "oma@example.org" not in answer.content.decode()
    assert "040 1" not in answer.content.decode()
    assert {one["role"]: one["email"] for one in answer.json()["officers"]}["secretary"] == "sihteeri@example.org"


def test_a_roster_of_another_day(body: Body) -> None:
    path = "bodies/neuvottelukunta/members/"
    assert Program().told(f"{path}?on=2009-12-31")["places"] == []
    tomorrow = clock.today() + timedelta(days=1)
    for wrong in (tomorrow.isoformat(), "27.4.2022", "", "0001-01-01", "2022-02-30", "%00"):
        answer = Program().get(f"{path}?on={wrong}")
        assert (answer.status_code, set(answer.json()["errors"])) == (400, {"on"}), wrong


def test_planned_terms_are_for_the_workspace(body: Body, kainuu: Region) -> None:
    with in_region(kainuu):
        next_year = clock.today() + timedelta(days=300)
        planned = TermFactory.create(body=body, start=next_year, end=None, state=TermState.PLANNED)
        program = program_of(in_body(body, Role.MEMBER), "councils:read")
        other = program_of(in_body(body, Role.MEMBER), "news:read")
    path = "bodies/neuvottelukunta/terms/"
    assert len(Program().told(path)["results"]) == len(other.told(path)["results"]) == 1
    assert next(one["id"] for one in program.told(path)["results"]) == str(planned.pk)
    assert Program().get(f"terms/{planned.pk}/seats/").status_code == 404
    assert program.told(f"terms/{planned.pk}/seats/")["results"] == []


def test_seats_stay_when_nobody_holds_them(body: Body) -> None:
    [term] = Program().told("bodies/neuvottelukunta/terms/")["results"]
    seats = Program().told(f"terms/{term['id']}/seats/")["results"]
    assert (seats[-1]["represents"], seats[-1]["label"]) == ("expert", {"fi": "Asiantuntija"})


def test_bodies_are_narrowed(body: Body, kainuu: Region) -> None:
    with in_region(kainuu):
        BodyFactory.create(slug="jaos", kind=BodyKind.OTHER, parent=body, ended_on=date(2020, 1, 1))
    for query, expected in (
        ("", ["neuvottelukunta", "jaos"]),
        ("kind=other", ["jaos"]),
        ("parent=neuvottelukunta", ["jaos"]),
        ("working=true", ["neuvottelukunta"]),
        ("working=false", ["jaos"]),
    ):
        assert [one["slug"] for one in Program().told(f"bodies/?{query}")["results"]] == expected
    for query in ("working=maybe", "working=1", "kind=x", "parent=%00"):
        assert Program().get(f"bodies/?{query}").status_code == 400, query


@pytest.mark.parametrize("path", ["bodies/neuvottelukunta/members/", "bodies/neuvottelukunta/terms/"])
def test_one_row_costs_the_same_queries_as_many(body: Body, kainuu: Region, queries_of: Any, path: str) -> None:
    few = queries_of(lambda: Program().told(path))
    with in_region(kainuu):
        term = body.terms.get()
        for number in range(3):
            deputy_of(member(term, name=f"Uusi {number}"))
            TermFactory.create(body=body, start=date(2000 + number, 1, 1), end=date(2000 + number, 12, 31))
        assert Contact.objects.count() > 8
    assert queries_of(lambda: Program().told(path)) == few


def test_what_lapland_has_is_not_in_kainuu(body: Body, lappi: Region) -> None:
    for path in ("bodies/neuvottelukunta/", "bodies/neuvottelukunta/members/", "bodies/neuvottelukunta/terms/"):
        assert Program("lappi.localhost").get(path).status_code == 404
