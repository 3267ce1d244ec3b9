"""Meetings as the public reads them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.factories.meetings import MeetingFactory, convened_meeting, held_meeting, in_days, ready_meeting
from tests.web.meetings.conftest import text_of

from yhdys.core import clock
from yhdys.meetings.actions import (
    Present,
    add_item,
    announce_meeting,
    approve_minutes,
    cancel_meeting,
    change_meeting,
    convene_meeting,
    correct_minutes,
    publish_minutes,
    record_attendance,
    record_outcome,
    reschedule_meeting,
    start_minutes,
    write_minutes,
)
from yhdys.meetings.enums import Outcome
from yhdys.meetings.models import Meeting, Minutes

pytestmark = pytest.mark.usefixtures("region")


def page_of(visitor: Client, meeting: Meeting) -> str:
    return text_of(visitor.get(f"/en/meetings/{meeting.slug}/"))


def published(meeting: Meeting) -> Minutes:
    for item in meeting.agenda_items.filter(outcome=""):
        record_outcome(item, by=None, outcome=Outcome.RESOLVED, resolution=f"<p>Päätös {item.number}</p>")
    minutes = start_minutes(meeting, by=None)
    return publish_minutes(approve_minutes(write_minutes(minutes, by=None, text="<p>Alkusanat</p>"), by=None), by=None)


def test_a_draft_is_not_public_until_it_is_announced_and_then_without_its_agenda(visitor: Client) -> None:
    meeting = ready_meeting()
    assert visitor.get(f"/en/meetings/{meeting.slug}/").status_code == 404
    assert meeting.title not in text_of(visitor.get("/en/meetings/"))
    announce_meeting(meeting, by=None)
    page = page_of(visitor, meeting)
    assert meeting.place in page
    assert "Järjestöstrategia" not in page


def test_the_remote_link_and_members_items_are_never_public(visitor: Client) -> None:
    meeting = ready_meeting(remote_link="https://kokous.example/salainen")
    add_item(meeting, by=None, title="Jäsenten oma asia", publicity="members")
    meeting = convene_meeting(meeting, by=None)
    for path in (
        f"/en/meetings/{meeting.slug}/",
        f"/en/meetings/{meeting.slug}/meeting.ics",
        "/en/meetings/calendar.ics",
    ):
        page = text_of(visitor.get(path))
        assert "salainen" not in page
        assert "Jäsenten oma asia" not in page
    assert "Järjestöstrategia" in page_of(visitor, meeting)
    assert "1 item is for the members only" in page_of(visitor, meeting)


def test_what_was_said_and_resolved_is_shown_when_the_minutes_are_published(visitor: Client) -> None:
    meeting = held_meeting()
    record_attendance(meeting, [Present(name="Läsnä Olija"), Present(name="Poissa Olija", presence="absent")], by=None)
    item = meeting.agenda_items.first()
    record_outcome(
        item, by=None, outcome=Outcome.RESOLVED, discussion="<p>Puhuttiin.</p>", resolution="<p>Päätettiin.</p>"
    )
    before = page_of(visitor, meeting)
    for words in ("Puhuttiin.", "Päätettiin.", "Läsnä Olija", "Resolved as proposed"):
        assert words not in before
    minutes = published(meeting)
    correct_minutes(minutes, by=None, text="<p>Nimi korjattu.</p>")
    after = page_of(visitor, meeting)
    for words in ("Alkusanat", "Puhuttiin.", "Päätettiin.", "Läsnä Olija", "Nimi korjattu."):
        assert words in after


def test_members_items_stay_out_of_the_published_minutes(visitor: Client) -> None:
    meeting = held_meeting()
    item = add_item(meeting, by=None, title="Jäsenten asia", publicity="members")
    record_outcome(item, by=None, outcome=Outcome.RESOLVED, resolution="<p>Luottamuksellinen</p>")
    published(meeting)
    page = page_of(visitor, meeting)
    assert "Luottamuksellinen" not in page
    assert "Jäsenten asia" not in page


def test_upcoming_meetings_come_before_past_ones_and_the_next_one_first(visitor: Client) -> None:
    past = held_meeting()
    change = Meeting.objects.filter(pk=past.pk)
    change.update(title_fi="Mennyt kokous")
    for title, days in (("Kaukainen", 60), ("Seuraava", 5)):
        announce_meeting(MeetingFactory(title_fi=title, body=past.body, starts_at=in_days(days), ends_at=None), by=None)
    page = text_of(visitor.get("/en/meetings/"))
    assert page.index("Seuraava") < page.index("Kaukainen") < page.index("Mennyt kokous")


def test_cancelled_and_moved_meetings_stay_with_their_reason(visitor: Client) -> None:
    cancelled = cancel_meeting(convened_meeting(), reason="Sairastuminen", by=None)
    moved = reschedule_meeting(convened_meeting(), reason="Tila varattu", by=None, starts_at=in_days(40))
    assert "Sairastuminen" in page_of(visitor, cancelled)
    assert "Tila varattu" in page_of(visitor, moved)
    assert "Cancelled" in text_of(visitor.get("/en/meetings/"))


def test_a_former_address_leads_to_the_present_one(visitor: Client) -> None:
    meeting = announce_meeting(ready_meeting(), by=None)
    old = meeting.slug
    meeting = change_meeting(meeting, by=None, title="Uusi nimi")
    response = visitor.get(f"/en/meetings/{old}/")
    assert (response.status_code, response["Location"]) == (301, f"/en/meetings/{meeting.slug}/")


def test_the_calendar_can_be_subscribed_to(visitor: Client) -> None:
    meeting = convened_meeting()
    cancelled = cancel_meeting(convened_meeting(starts_at=in_days(9), ends_at=None), reason="x", by=None)
    response = visitor.get("/en/meetings/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    events = {str(one["UID"]): one for one in calendar.walk("VEVENT")}
    assert calendar["METHOD"] == "PUBLISH"
    assert events[f"{meeting.pk}@yhdys"].decoded("DTSTART") == meeting.starts_at
    assert events[f"{cancelled.pk}@yhdys"]["STATUS"] == "CANCELLED"
    assert "ATTENDEE" not in events[f"{meeting.pk}@yhdys"]


@pytest.mark.parametrize(
    "query", ["?year=abc", "?year=999999", "?page=-1", "?page=x", "?body=ei-ole", "?year=2026&page=99"]
)
def test_nonsense_in_the_address_is_ignored(visitor: Client, query: str) -> None:
    held_meeting()
    assert visitor.get(f"/en/meetings/{query}").status_code == 200


def test_head_answers_as_get_does_and_nothing_is_set(visitor: Client) -> None:
    meeting = convened_meeting()
    for path in ("/en/meetings/", f"/en/meetings/{meeting.slug}/"):
        response = visitor.head(path)
        assert response.status_code == 200
        assert not response.cookies
        assert visitor.post(path).status_code == 405


def test_a_long_list_asks_as_many_questions_as_a_short_one(visitor: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            visitor.get("/en/meetings/")
        return len(captured)

    first = convened_meeting()
    asked()
    one = asked()
    for days in (30, 31, 32):
        announce_meeting(MeetingFactory(body=first.body, starts_at=in_days(days), ends_at=None), by=None)
    assert asked() == one


def test_a_past_meeting_without_a_record_is_among_the_past(visitor: Client) -> None:
    meeting = convened_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() - timedelta(days=3), ends_at=None)
    assert list(Meeting.objects.upcoming()) == []
    assert list(Meeting.objects.past()) == [meeting]
