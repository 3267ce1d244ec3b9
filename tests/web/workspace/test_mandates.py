"""Representatives on their pages: in the workspace, and on the public page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.meetings import held_meeting
from tests.factories.organisations import ContactFactory
from tests.factories.people import in_body, user

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.actions import name_representative
from yhdys.councils.enums import GroupKind, Role
from yhdys.councils.models import Body, OutsideGroup, Representation, RepresentationReport
from yhdys.meetings.actions import change_item, name_at_item
from yhdys.meetings.enums import Publicity
from yhdys.meetings.models import Meeting, Naming
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
LIST = "/en/workspace/councils/representations/"
PUBLIC = "/en/council/representation/"


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return held_meeting()


@pytest.fixture
def group(region: Region) -> OutsideGroup:
    return OutsideGroup.objects.create(kind=GroupKind.PARTNERSHIP_TABLE, name_fi="Hyvinvoinnin kumppanuuspöytä")


@pytest.fixture
def desk(meeting: Meeting, secretary_of: Callable[[Body], Client]) -> Client:
    return secretary_of(meeting.body)


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "kainuu.localhost"})


def named(body: Body, group: OutsideGroup, **contact: Any) -> Representation:
    person = ContactFactory(**({"name": "Ritva Raitio", "email": "ritva@example.org"} | contact))
    start = clock.today() - timedelta(days=30)
    return name_representative(group=group, body=body, contact=person, start=start, by=None)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_secretary_adds_a_group_names_somebody_and_changes_the_end(
    desk: Client, meeting: Meeting, visitor: Client
) -> None:
    typed = {"kind": "partnership_table", "name_fi": "Hyvinvoinnin kumppanuuspöytä"}
    assert desk.post("/en/workspace/councils/group/new/", typed).headers["Location"].startswith(LIST)
    group, person = OutsideGroup.objects.get(), ContactFactory(name="Ritva Raitio")
    mandate = {
        "group": str(group.pk), "body": str(meeting.body_id), "contact": str(person.pk), "stands_as": "member",
        "start": f"{clock.today():%d.%m.%Y}",
    }  # fmt: skip
    answer = desk.post(f"{LIST}new/", mandate)
    assert answer.status_code == 302
    assert desk.post(f"{LIST}new/", mandate).status_code == 409
    page = answer.headers["Location"]
    assert "Ritva Raitio" in text(desk.get(page))
    assert "Ritva Raitio" in text(desk.get(LIST))
    assert "Ritva Raitio" in text(visitor.get(PUBLIC))
    yesterday = clock.today() - timedelta(days=1)
    assert desk.post(f"{page}end/", {"on": f"{yesterday:%d.%m.%Y}"}).status_code == 409
    assert desk.post(f"{page}end/", {"on": f"{clock.today():%d.%m.%Y}"}).status_code == 302
    assert Representation.objects.get().end == clock.today()


def test_the_representative_tells_back_and_members_read(
    meeting: Meeting, group: OutsideGroup, window_of: Callable[[Any], Client], visitor: Client
) -> None:
    who = user()
    mandate = named(meeting.body, group, user=who)
    page, member = f"{LIST}{mandate.pk}/", window_of(in_body(meeting.body, Role.MEMBER))
    assert member.post(f"{page}reports/new/", {"told_on": "1.1.2026", "text": "x"}).status_code == 403
    told = {"told_on": f"{clock.today():%d.%m.%Y}", "text": "Puhuttiin avustuksista."}
    assert window_of(who).post(f"{page}reports/new/", told).status_code == 302
    assert "Puhuttiin avustuksista." in text(member.get(page))
    assert "Puhuttiin avustuksista." in text(member.get(LIST))
    assert "Puhuttiin" not in text(visitor.get(PUBLIC))
    report = RepresentationReport.objects.get()
    assert window_of(user()).post(f"{LIST}reports/{report.pk}/removal/").status_code == 404
    assert window_of(who).post(f"{LIST}reports/{report.pk}/removal/").status_code == 302
    assert not RepresentationReport.objects.exists()


def test_the_item_of_naming_is_told_to_the_public_only_when_it_is_public(
    desk: Client, meeting: Meeting, group: OutsideGroup, visitor: Client
) -> None:
    mandate = named(meeting.body, group)
    item = meeting.agenda_items.order_by("number")[1]
    assert desk.post(f"{LIST}{mandate.pk}/item/", {"item": str(item.pk)}).status_code == 302
    assert Naming.objects.get().item == item
    mandate.refresh_from_db()
    assert mandate.named_on == meeting.day
    assert "2 § Järjestöstrategia" in text(visitor.get(PUBLIC))
    change_item(item, by=None, publicity=Publicity.MEMBERS)
    assert "Järjestöstrategia" not in text(visitor.get(PUBLIC))
    with pytest.raises(ActionRefused, match="another body"):
        name_at_item(mandate, held_meeting().agenda_items.order_by("number")[0], by=None)


def test_the_public_page_tells_no_address_and_nobody_whose_mandate_is_over(
    meeting: Meeting, group: OutsideGroup, visitor: Client
) -> None:
    named(meeting.body, group)
    over = named(meeting.body, group, name="Entinen Edustaja")
    Representation.objects.filter(pk=over.pk).update(end=clock.today() - timedelta(days=1))
    page = text(visitor.get(PUBLIC))
    assert "Ritva Raitio" in page
    assert "ritva@example.org" not in page
    assert "Entinen" not in page


def test_another_regions_representatives_are_not_here(desk: Client, visitor: Client, lappi: Region) -> None:
    with in_region(lappi):
        there = OutsideGroup.objects.create(kind=GroupKind.OTHER, name_fi="Lapin työryhmä")
        foreign = named(held_meeting().body, there, name="Lapin Edustaja")
    for part in ("", "end/", "item/", "reports/new/"):
        assert desk.get(f"{LIST}{foreign.pk}/{part}").status_code == 404
    assert "Lapin" not in text(desk.get(LIST))
    assert "Lapin Edustaja" not in text(visitor.get(PUBLIC))


@pytest.mark.parametrize("path", [LIST, PUBLIC])
def test_many_cost_as_much_as_few(desk: Client, meeting: Meeting, group: OutsideGroup, path: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        return len(queries)

    named(meeting.body, group)
    asked()
    few = asked()
    other = OutsideGroup.objects.create(kind=GroupKind.WORKING_GROUP, name_fi="Työryhmä")
    for number in range(2):
        named(meeting.body, group, name=f"Edustaja {number}")
        named(meeting.body, other, name=f"Toinen {number}")
    assert asked() <= few
