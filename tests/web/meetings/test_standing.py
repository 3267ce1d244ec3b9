"""Standing items and waiting matters in the workspace, and the clock of the agenda."""

from typing import Any

import pytest
from django.urls import reverse
from tests.factories.meetings import MeetingFactory, council, held_meeting, in_days, secretary_of
from tests.web.meetings.conftest import Desk, text_of

from yhdys.meetings.actions import (
    add_item,
    add_standing_item,
    announce_meeting,
    change_standing_item,
    record_outcome,
)
from yhdys.meetings.enums import Outcome
from yhdys.meetings.models import Meeting, StandingItem
from yhdys.web.versioned import version_of


def url(name: str, **kwargs: Any) -> str:
    return reverse(f"workspace:{name}", urlconf="yhdys.config.urls_region", kwargs=kwargs)


def test_the_secretary_begins_with_the_common_items_and_changes_them(at_desk: Desk) -> None:
    body = council().body
    desk = at_desk(secretary_of(body))
    page = url("standing-items", pk=body.pk)
    assert text_of(desk.get(page)).count("None yet") == 3
    assert desk.post(url("standing-items-common", pk=body.pk, kind="ordinary")).status_code == 302
    assert "1 § Opening of the meeting" in text_of(desk.get(page))

    sent = {"title_fi": "Ajankohtaista", "kind": "information", "minutes_planned": "15"}
    assert desk.post(url("standing-item-add", pk=body.pk, kind="ordinary"), sent).status_code == 302
    added = StandingItem.objects.get(title_fi="Ajankohtaista")
    assert (added.number, added.minutes_planned) == (6, 15)
    desk.post(url("standing-item-place", pk=added.pk), {"to": "2"})
    added.refresh_from_db()
    assert added.number == 2
    change = url("standing-item", pk=added.pk)
    stale = version_of(added)
    change_standing_item(added, by=None, presenter="Sihteeri")
    conflict = desk.post(change, sent | {"title_fi": "Muuta", "version": stale})
    assert conflict.status_code == 409
    assert "Sihteeri" in text_of(conflict)
    added.refresh_from_db()
    assert desk.post(change, sent | {"title_fi": "Tiedoksi", "version": version_of(added)}).status_code == 302
    assert "Tiedoksi" in text_of(desk.get(url("standing-item-removal", pk=added.pk)))
    assert desk.post(url("standing-item-removal", pk=added.pk)).status_code == 302
    assert not StandingItem.objects.filter(pk=added.pk).exists()


@pytest.mark.parametrize("kind", ["yearly", "ORDINARY"])
def test_a_kind_that_does_not_exist_is_not_found(at_desk: Desk, kind: str) -> None:
    body = council().body
    assert at_desk(secretary_of(body)).get(url("standing-item-add", pk=body.pk, kind=kind)).status_code == 404


def test_another_bodys_secretary_changes_nothing(at_desk: Desk) -> None:
    own, other = council().body, council().body
    item = add_standing_item(other, "ordinary", by=None, title="Avaus")
    desk = at_desk(secretary_of(own))
    assert desk.get(url("standing-items", pk=other.pk)).status_code == 403
    assert desk.post(url("standing-item-removal", pk=item.pk)).status_code == 403
    assert desk.post(url("standing-items-common", pk=other.pk, kind="constitutive")).status_code == 403
    assert StandingItem.objects.count() == 1


def test_a_new_constitutive_meeting_begins_with_its_own_items(at_desk: Desk) -> None:
    body = council().body
    add_standing_item(body, "constitutive", by=None, title="Vaalit")
    desk = at_desk(secretary_of(body))
    desk.post(url("meeting-add"), {"body": body.pk, "title": "Järjestäytyminen", "kind": "constitutive"})
    assert [item.title_fi for item in Meeting.objects.get().agenda_items.all()] == ["Vaalit"]


def test_a_returned_item_is_taken_up_from_the_page_of_what_waits(at_desk: Desk) -> None:
    former = held_meeting()
    item = former.agenda_items.get(number=2)
    record_outcome(item, by=None, outcome=Outcome.RETURNED)
    meeting = MeetingFactory(body=former.body)
    desk = at_desk(secretary_of(former.body))
    assert "1 matter waits" in text_of(desk.get(url("meeting", pk=meeting.pk)))
    page = url("meeting-matters", pk=meeting.pk)
    assert item.title in text_of(desk.get(page))
    assert desk.post(page, {"item": str(item.pk)}).status_code == 302
    assert meeting.agenda_items.get().continues == item
    assert "Nothing waits" in text_of(desk.get(page))
    again = desk.post(page, {"item": str(item.pk)}, follow=True)
    assert "a meeting has taken it up" in text_of(again)


@pytest.mark.parametrize(
    "sent", [{}, {"item": "x"}, {"matter": "nobody:1"}, {"item": "00000000-0000-7000-8000-000000000000"}]
)
def test_nonsense_puts_nothing_on_the_agenda(at_desk: Desk, sent: dict[str, str]) -> None:
    meeting = MeetingFactory(body=council().body)
    response = at_desk(secretary_of(meeting.body)).post(url("meeting-matters", pk=meeting.pk), sent)
    assert response.status_code in (302, 404)
    assert not meeting.agenda_items.exists()


def test_the_clock_is_shown_and_an_end_that_is_passed_is_warned_of(at_desk: Desk, visitor: Any) -> None:
    term = council()
    meeting = MeetingFactory(body=term.body, term=term, starts_at=in_days(20, 14), ends_at=in_days(20, 15))
    desk = at_desk(secretary_of(term.body))
    add_item(meeting, by=None, title="Avaus", minutes_planned=10)
    add_item(meeting, by=None, title="Strategia", minutes_planned=45)
    page = text_of(desk.get(url("meeting", pk=meeting.pk)))
    assert "At 14.10" in page
    assert "45 min" in page
    assert "The items take until" not in page
    add_item(meeting, by=None, title="Muut asiat", minutes_planned=10)
    warned = text_of(desk.get(url("meeting", pk=meeting.pk)))
    assert "The items take until 15.05, and the meeting ends at 15.00." in warned
    announce_meeting(meeting, by=None)
    Meeting.objects.filter(pk=meeting.pk).update(state="convened")
    meeting.refresh_from_db()
    assert "At 14.10" in text_of(visitor.get(f"/en/meetings/{meeting.slug}/"))


def test_an_address_that_names_no_meeting_to_copy_is_not_found(at_desk: Desk) -> None:
    desk = at_desk(secretary_of(council().body))
    assert desk.get(f"{url('meeting-add')}?copy=x").status_code == 404
