"""The letters of meetings: who gets which, in which language, with which calendar entry, and how failures show."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import UserFactory
from tests.factories.councils import BodyFactory, MembershipFactory, TermFactory
from tests.factories.meetings import (
    MeetingFactory,
    convened_meeting,
    council,
    deputy_of,
    held_meeting,
    in_days,
    member,
    ready_meeting,
)
from tests.meetings.conftest import body_of, calendar_of, deliver

from yhdys.core import clock
from yhdys.councils.enums import BodyKind, Role
from yhdys.local.smtp import Mailbox
from yhdys.meetings.actions import (
    add_guest,
    add_item,
    answer_invitation,
    approve_minutes,
    cancel_meeting,
    convene_meeting,
    deliver_papers_to,
    invite_by_office,
    publish_minutes,
    record_outcome,
    reschedule_meeting,
    send_minutes_for_review,
    start_minutes,
)
from yhdys.meetings.enums import Answer, AnsweredBy, InvitationRole, Outcome
from yhdys.meetings.models import Invitation, Meeting
from yhdys.meetings.queries import recipients
from yhdys.tenancy.models import OutboxEntry

pytestmark = pytest.mark.usefixtures("region", "real_mail")


# --- Who is called ---
def test_everybody_is_called_once_with_all_their_reasons() -> None:
    term = council()
    chair = member(term, Role.CHAIR, name="Päivi Puhe")
    MembershipFactory(term=term, body=term.body, seat=None, contact=chair.contact, role=Role.COMMUNICATIONS)
    plain = member(term, name="Jouni Jäsen")
    deputy_of(plain, name="Veera Vara")
    member(term, Role.SECRETARY, name="Sirkka Sihteeri", role_email="", email="")
    gone = member(term, name="Entinen")
    gone.end = clock.today()
    gone.save()

    called = recipients(MeetingFactory(body=term.body))

    assert [(one.name, one.role, one.votes, bool(one.email)) for one in called] == [
        ("Päivi Puhe", InvitationRole.CHAIR, True, True),
        ("Jouni Jäsen", InvitationRole.MEMBER, True, True),
        ("Sirkka Sihteeri", InvitationRole.SECRETARY, False, False),
        ("Veera Vara", InvitationRole.DEPUTY, False, True),
    ]
    assert called[3].reason == "deputy of Jouni Jäsen"


def test_offices_of_another_body_guests_and_receivers_of_papers_are_called() -> None:
    regional, local = council(), TermFactory(body=BodyFactory(), start=council().start, end=None)
    member(regional, Role.CHAIR, name="Maakunnan Puheenjohtaja")
    member(regional, Role.SECRETARY, name="Maakunnan Sihteeri")
    member(local, name="Oma Jäsen")
    invite_by_office(local.body, of_body=regional.body, role=Role.CHAIR, by=None)
    deliver_papers_to(local.body, of_body=regional.body, role=Role.SECRETARY, by=None)
    meeting = MeetingFactory(body=local.body)
    item = add_item(meeting, by=None, title="Saavutettavuus")
    add_guest(meeting, by=None, name="Vieras", email="vieras@example.org", item=item)

    assert [(one.name, one.role, one.votes) for one in recipients(meeting)] == [
        ("Oma Jäsen", "member", True),
        ("Maakunnan Puheenjohtaja", "ex_officio", False),
        ("Vieras", "guest", False),
        ("Maakunnan Sihteeri", "copy", False),
    ]


def test_the_convener_is_called_before_there_are_officers() -> None:
    term = council()
    convener = member(council(), name="Kokoon Kutsuja").contact
    term.convener = convener
    term.save()
    assert [one.name for one in recipients(MeetingFactory(body=term.body))] == ["Kokoon Kutsuja"]


def test_the_recipients_take_as_many_questions_for_many_as_for_few(django_assert_num_queries: Any) -> None:
    few, many = ready_meeting(1), ready_meeting(6)
    with CaptureQueriesContext(connection) as captured:
        recipients(few)
    with django_assert_num_queries(len(captured)):
        recipients(many)


# --- The call ---
def test_each_gets_a_letter_of_their_own_language_with_a_calendar_entry(mailbox: Mailbox) -> None:
    term = council(name_fi="Koeneuvottelukunta", name_sv="Provdelegationen")
    member(term, name="Maija", role_email="maija@example.org")
    member(term, name="Sven", role_email="sven@example.org", user=UserFactory(language="sv"))
    meeting = MeetingFactory(body=term.body, remote_link="https://kokous.example/abc")
    add_item(meeting, by=None, title="Avaus", title_sv="Öppnande")
    convene_meeting(meeting, by=None, text="Kahvit klo 13.30.")
    assert mailbox.messages == []

    deliver()

    (finnish,), (swedish,) = mailbox.to("maija@example.org"), mailbox.to("sven@example.org")
    assert "Öppnande" in body_of(swedish)
    assert "Provdelegationen" in body_of(swedish)
    assert "Avaus" in body_of(finnish, "html")
    assert "Kahvit klo 13.30." in body_of(finnish)
    links = {re.search(r"https?://\S+/(?:vastaus|svar)/\S+", body_of(one))[0] for one in (finnish, swedish)}
    assert len(links) == 2

    part, calendar = calendar_of(finnish)
    assert part.get_param("method") == "REQUEST"
    assert calendar["METHOD"] == "REQUEST"
    event = calendar.walk("VEVENT")[0]
    assert event["UID"] == f"{meeting.pk}@yhdys"
    assert event["SEQUENCE"] == 0
    assert event["DTSTART"].params["TZID"] == "Europe/Helsinki"
    assert event.decoded("DTSTART") == meeting.starts_at
    assert event.decoded("DTEND") == meeting.ends_at
    assert "https://kokous.example/abc" in event["LOCATION"]
    assert event["ATTENDEE"] == "mailto:maija@example.org"
    assert event["ORGANIZER"].startswith("mailto:")
    assert "DTSTAMP" in event
    zone = calendar.walk("VTIMEZONE")[0]
    assert zone["TZID"] == "Europe/Helsinki"


def test_deputies_and_receivers_of_papers_are_told_without_being_asked(mailbox: Mailbox) -> None:
    term = council()
    plain = member(term, name="Jouni", role_email="jouni@example.org")
    deputy_of(plain, name="Veera", role_email="veera@example.org")
    meeting = MeetingFactory(body=term.body)
    add_item(meeting, by=None, title="Avaus")
    convene_meeting(meeting, by=None)
    deliver()
    assert "/vastaus/" in body_of(mailbox.to("jouni@example.org")[0])
    told = body_of(mailbox.to("veera@example.org")[0])
    assert "/vastaus/" not in told
    assert "/kokoukset/" in told


def test_a_guest_sees_the_public_items_and_their_own(mailbox: Mailbox) -> None:
    meeting = ready_meeting()
    add_item(meeting, by=None, title="Salassa pidettävä", publicity="members")
    own = add_item(meeting, by=None, title="Vieraan oma asia", publicity="members")
    add_guest(meeting, by=None, name="Vieras", email="vieras@example.org", item=own)
    convene_meeting(meeting, by=None)
    deliver()
    letter = body_of(mailbox.to("vieras@example.org")[0])
    assert "Vieraan oma asia" in letter
    assert "Salassa" not in letter
    assert "Salassa" in body_of(mailbox.to("jasen0@example.org")[0])


def test_a_round_that_runs_twice_writes_once(mailbox: Mailbox) -> None:
    meeting = convened_meeting(2)
    deliver()
    entry = OutboxEntry.objects.get(effect="meetings.send_round")
    entry.state = OutboxEntry.State.WAITING
    entry.save()
    deliver()
    assert len(mailbox.messages) == 2
    assert meeting.convocations.get().invitations.exclude(mail=None).count() == 2


def test_words_of_others_cannot_break_out_of_a_letter(mailbox: Mailbox) -> None:
    meeting = ready_meeting(title_fi="Kokous\r\nBcc: kaikki@example.org <b>")
    Meeting.objects.filter(pk=meeting.pk).update(title_fi="Kokous\r\nBcc: kaikki@example.org <b>x</b>")
    convene_meeting(Meeting.objects.get(pk=meeting.pk), by=None, text="<script>alert(1)</script>")
    deliver()
    assert mailbox.to("kaikki@example.org") == []
    letter = mailbox.messages[0]
    assert letter["Bcc"] is None
    assert "<script>" not in body_of(letter, "html")


# --- Moving and cancelling ---
def test_a_move_and_a_cancellation_change_the_same_calendar_entry(mailbox: Mailbox) -> None:
    meeting = convened_meeting(1)
    deliver()
    meeting = reschedule_meeting(meeting, reason="Tila varattu", by=None, starts_at=in_days(30))
    deliver()
    cancel_meeting(meeting, reason="Ei aiheita", by=None)
    deliver()

    letters = mailbox.to("jasen0@example.org")
    events = [calendar_of(one)[1] for one in letters]
    assert [one["METHOD"] for one in events] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [one.walk("VEVENT")[0] for one in events]
    assert {one["UID"] for one in events} == {f"{meeting.pk}@yhdys"}
    assert [one["SEQUENCE"] for one in events] == [0, 1, 2]
    assert events[1].decoded("DTSTART") == in_days(30)
    assert [one["STATUS"] for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert "Tila varattu" in body_of(letters[1])
    assert "Ei aiheita" in body_of(letters[2])


def test_a_move_without_a_new_time_takes_the_former_one_out_of_calendars(mailbox: Mailbox) -> None:
    meeting = convened_meeting(1)
    former = meeting.starts_at
    deliver()
    reschedule_meeting(meeting, reason="Este", by=None)
    deliver()
    calendar = calendar_of(mailbox.messages[-1])[1]
    event = calendar.walk("VEVENT")[0]
    assert (calendar["METHOD"], event.decoded("DTSTART"), event["SEQUENCE"]) == ("CANCEL", former, 1)


def test_who_left_the_body_is_told_of_the_cancellation_all_the_same(mailbox: Mailbox) -> None:
    meeting = convened_meeting(2)
    gone = meeting.body.memberships.get(contact__name="Jäsen 0")
    gone.end = clock.today()
    gone.save()
    cancel_meeting(meeting, reason="Este", by=None)
    deliver()
    assert len(mailbox.to("jasen0@example.org")) == 2


# --- Deputies ---
def test_a_named_deputy_is_asked_and_released(mailbox: Mailbox) -> None:
    term = council()
    plain = member(term, name="Jouni", role_email="jouni@example.org")
    deputy_of(plain, name="Veera", role_email="veera@example.org")
    meeting = MeetingFactory(body=term.body)
    add_item(meeting, by=None, title="Avaus")
    convene_meeting(meeting, by=None)
    deliver()
    mailbox.clear()
    mine = Invitation.objects.get(name="Jouni")

    answer_invitation(mine, answer=Answer.DEPUTY, way=AnsweredBy.LINK)
    deliver()
    asked = mailbox.to("veera@example.org")[-1]
    assert "Jouni" in body_of(asked)
    assert "/vastaus/" in body_of(asked)
    assert calendar_of(asked)[1]["METHOD"] == "REQUEST"

    answer_invitation(mine, answer=Answer.ATTENDING, way=AnsweredBy.LINK)
    deliver()
    assert calendar_of(mailbox.to("veera@example.org")[-1])[1]["METHOD"] == "CANCEL"
    assert len(mailbox.to("veera@example.org")) == 2


# --- Minutes ---
def test_checkers_are_asked_and_receivers_of_papers_are_told(mailbox: Mailbox) -> None:
    meeting = held_meeting(2)
    other = council()
    copy = member(other, Role.SECRETARY, name="Liiton edustaja", role_email="liitto@example.org").contact
    deliver_papers_to(meeting.body, contact=copy, by=None)
    for item in meeting.agenda_items.all():
        record_outcome(item, by=None, outcome=Outcome.NOTED)
    minutes = start_minutes(meeting, by=None)
    checker = meeting.body.memberships.get(contact__name="Jäsen 0").contact
    send_minutes_for_review(minutes, by=None, checkers=[checker], review_by=clock.today() + timedelta(days=3))
    deliver()
    assert "Jäsen 0" in body_of(mailbox.to("jasen0@example.org")[-1])
    minutes = approve_minutes(minutes, by=None, checker=checker)
    publish_minutes(minutes, by=None)
    deliver()
    assert "/kokoukset/" in body_of(mailbox.to("liitto@example.org")[-1])


def test_bodies_of_the_working_committee_call_all_their_members() -> None:
    parent = council()
    committee = TermFactory(body=BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=parent.body), end=None)
    for name in ("A", "B"):
        MembershipFactory(
            term=committee, body=committee.body, seat=None, contact__name=name, role=Role.MEMBER, start=committee.start
        )
    assert [(one.name, one.votes) for one in recipients(MeetingFactory(body=committee.body))] == [
        ("A", True),
        ("B", True),
    ]
