"""How a body meets and whom its papers reach, as its secretary sets it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.meetings import council, member, ready_meeting
from tests.factories.people import in_body

from yhdys.councils.enums import Role
from yhdys.councils.models import Body
from yhdys.meetings.actions import set_practice
from yhdys.meetings.models import Meeting, MeetingPractice, PaperDelivery, StandingInvitation
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
LIST = "/en/workspace/councils/"


@pytest.fixture
def meeting(region: Region) -> Meeting:
    return ready_meeting()


@pytest.fixture
def regional(region: Region) -> Body:
    term = council()
    member(term, Role.CHAIR, name="Pekka Puhe", role_email="puheenjohtaja@example.org")
    return term.body


@pytest.fixture
def desk(meeting: Meeting, secretary_of: Callable[[Body], Client]) -> Client:
    return secretary_of(meeting.body)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def practice(version: str, **typed: Any) -> dict[str, Any]:
    return {"call_days_before": 10, "place": "Kumppanuustalo", "address": "", "remote_link": ""} | typed | {
        "version": version
    }  # fmt: skip


def test_a_secretary_previews_a_rule_sets_it_and_ends_it(desk: Client, meeting: Meeting, regional: Body) -> None:
    add = f"{LIST}{meeting.body_id}/ties/invitations/new/"
    typed = {"of_body": str(regional.pk), "role": Role.CHAIR.value}
    shown = desk.post(add, typed | {"preview": "1"})
    assert shown.status_code == 200
    assert "Pekka Puhe, Chair" in text(shown)
    assert "an agenda of 2 items" in text(shown)
    assert not StandingInvitation.objects.exists()
    assert desk.post(add, typed).headers["Location"] == f"{LIST}{meeting.body_id}/ties/"
    page = text(desk.get(f"{LIST}{meeting.body_id}/ties/"))
    assert "Today: Pekka Puhe" in page
    rule = StandingInvitation.objects.get()
    end = f"{LIST}ties/invitations/{rule.pk}/removal/"
    assert "Pekka Puhe" in text(desk.get(end))
    assert desk.post(end).status_code == 302
    assert not StandingInvitation.objects.exists()


def test_papers_go_to_a_person_or_a_role_and_never_to_both(desk: Client, meeting: Meeting, regional: Body) -> None:
    add = f"{LIST}{meeting.body_id}/ties/deliveries/new/"
    contact = str(regional.memberships.get().contact_id)
    both = {"of_body": str(regional.pk), "role": Role.CHAIR.value, "contact": contact}
    for typed in (both, {"of_body": str(regional.pk)}, {"role": "chair"}, {}):
        assert desk.post(add, typed).status_code == 409
        refused = desk.post(add, typed | {"preview": "1"})
        assert refused.status_code == 422
        assert "Choose a person, or a body and a role in it." in text(refused)
    assert desk.post(add, {"contact": contact}).status_code == 302
    assert PaperDelivery.objects.get().contact.name == "Pekka Puhe"  # type: ignore[union-attr]  # it has one


def test_two_who_change_the_practice_never_overwrite_each_other(desk: Client, meeting: Meeting) -> None:
    path = f"{LIST}{meeting.body_id}/ties/practice/"
    stale = str(desk.get(path).context["form"].fields["version"].initial)
    set_practice(meeting.body, place="Kaupungintalo", by=None)
    conflict = desk.post(path, practice(stale))
    assert conflict.status_code == 409
    assert "Kaupungintalo" in text(conflict)
    fresh = str(desk.get(path).context["form"].fields["version"].initial)
    assert desk.post(path, practice(fresh)).status_code == 302
    kept = MeetingPractice.objects.get()
    assert (kept.place, kept.call_days_before) == ("Kumppanuustalo", 10)


def test_the_first_practice_is_written_from_nothing(desk: Client, meeting: Meeting) -> None:
    path = f"{LIST}{meeting.body_id}/ties/practice/"
    version = str(desk.get(path).context["form"].fields["version"].initial)
    assert desk.post(path, practice(version, remote_link="http://example.org/")).status_code == 422
    assert desk.post(path, practice(version, remote_link="https://example.org/")).status_code == 302
    assert MeetingPractice.objects.get().remote_link == "https://example.org/"


def test_a_member_sees_the_ties_but_not_the_link_nor_the_ends(
    meeting: Meeting, regional: Body, window_of: Callable[[Any], Client]
) -> None:
    set_practice(meeting.body, place="Kaupungintalo", remote_link="https://example.org/salainen", by=None)
    rule = StandingInvitation.objects.create(body=meeting.body, of_body=regional, role=Role.CHAIR)
    window = window_of(in_body(meeting.body, Role.MEMBER))
    page = text(window.get(f"{LIST}{meeting.body_id}/ties/"))
    assert "Kaupungintalo" in page
    assert "salainen" not in page
    assert window.post(f"{LIST}ties/invitations/{rule.pk}/removal/").status_code == 403
    assert StandingInvitation.objects.exists()


def test_another_regions_rule_is_not_here(desk: Client, lappi: Region) -> None:
    with in_region(lappi):
        meeting, other = ready_meeting(), council()
        office = StandingInvitation.objects.create(body=meeting.body, of_body=other.body, role=Role.CHAIR)
        papers = PaperDelivery.objects.create(body=meeting.body, of_body=other.body, role=Role.CHAIR)
    for path in (f"ties/invitations/{office.pk}/removal/", f"ties/deliveries/{papers.pk}/removal/"):
        assert desk.post(f"{LIST}{path}").status_code == 404
    with in_region(lappi):
        assert StandingInvitation.objects.exists()
        assert PaperDelivery.objects.exists()


def test_the_page_asks_as_much_for_many_rules_as_for_one(desk: Client, meeting: Meeting, regional: Body) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"{LIST}{meeting.body_id}/ties/").status_code == 200
        return len(queries)

    tie = {"body": meeting.body, "of_body": regional}
    StandingInvitation.objects.create(role=Role.CHAIR, **tie)
    PaperDelivery.objects.create(role=Role.CHAIR, **tie)
    asked()  # what a browser's first page asks besides
    few = asked()
    for role in (Role.VICE_CHAIR, Role.SECRETARY):
        StandingInvitation.objects.create(role=role, **tie)
        PaperDelivery.objects.create(role=role, **tie)
    assert asked() == few
