"""Meetings as calendars read them (RFC 5545, RFC 5546). The UID of a meeting never changes; SEQUENCE only rises."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
    vText,
)

from yhdys.core import clock
from yhdys.core.text import plain_text
from yhdys.meetings.enums import FOR_INFORMATION, MeetingState
from yhdys.meetings.models import Invitation, Meeting

ASK_AGAIN = timedelta(hours=6)
"""How often those who subscribe look again (RFC 7986)."""
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def invitation_calendar(
    invitation: Invitation, *, method: str, organiser: tuple[str, str], url: str = "", description: str = ""
) -> bytes:
    """The calendar part of one person's letter. ``organiser`` is a name and an address.

    The answer is asked for by the letter's link: RSVP is FALSE, so that calendars do not send answers of their own.
    """
    meeting = invitation.convocation.meeting
    event = _event(meeting, sequence=invitation.convocation.sequence, cancelled=method == CANCEL)
    if meeting.remote_link:
        event["location"] = vText(", ".join(filter(None, [meeting.where, meeting.remote_link])))
    if description:
        event.add("description", plain_text(description))
    if url:
        event.add("url", url)
    event.add("organizer", _person(*organiser), encode=False)
    attendee = _person(invitation.name, invitation.email)
    attendee.params["ROLE"] = vText("NON-PARTICIPANT" if invitation.role in FOR_INFORMATION else "REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return _calendar(method, [event])


def public_calendar(meetings: Iterable[tuple[Meeting, str]], *, name: str) -> bytes:
    """Announced meetings with the addresses of their pages, to be downloaded or subscribed to; no remote links.

    A meeting whose new time is open stands cancelled at its former time; one that never had a time is left out. As
    long as nothing changes, the calendar is the same to the byte: its moments are those of the changes.
    """
    events = []
    for meeting, url in meetings:
        if meeting.starts_at is None and not meeting.moves.all():
            continue
        calls = list(meeting.convocations.all())
        event = _event(
            meeting,
            sequence=max((one.sequence for one in calls), default=0),
            cancelled=meeting.state == MeetingState.CANCELLED or meeting.starts_at is None,
            stamp=max(meeting.updated_at, meeting.announcement.announced_at, *(one.sent_at for one in calls)),
        )
        if reason := meeting.reason or next((move.reason for move in meeting.moves.all()), ""):
            event.add("description", reason)
        event.add("url", url)
        events.append(event)
    return _calendar(PUBLISH, events, name=name)


def _event(meeting: Meeting, *, sequence: int, cancelled: bool, stamp: datetime | None = None) -> Event:
    """``stamp`` is when it was last changed; a letter is made now."""
    event = Event()
    event.add("uid", f"{meeting.pk}@yhdys")
    event.add("dtstamp", (stamp or clock.now()).astimezone(UTC))
    if stamp is not None:
        event.add("last-modified", stamp.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", f"{meeting.body}: {meeting.title}")
    if meeting.where:
        event.add("location", meeting.where)
    start, end = meeting.starts_at, meeting.ends_at
    # The latest stands first; all() uses what a list has fetched.
    moved = next(iter(meeting.moves.all()), None) if start is None else None
    if moved is not None:
        # The new time is open: the letter takes the former one out of the calendar.
        start, end = moved.former_start, moved.former_end
    if start is not None:
        event.add("dtstart", start.astimezone(clock.HELSINKI))
    if end is not None:
        event.add("dtend", end.astimezone(clock.HELSINKI))
    return event


def _person(name: str, email: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    person.params["CN"] = vText(name.replace('"', "'"))
    return person


def _calendar(method: str, events: list[Event], name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Yhdys//Meetings//FI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    for event in events:
        calendar.add_component(event)
    calendar.add_component(_helsinki())
    content: bytes = calendar.to_ical()
    return content


def _helsinki() -> Timezone:
    """Europe/Helsinki by the rule of the European Union since 1996: the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", "Europe/Helsinki")
    for part, name, month, hour, before, after in (
        (TimezoneDaylight(), "EEST", 3, 3, 2, 3),
        (TimezoneStandard(), "EET", 10, 4, 3, 2),
    ):
        part.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, hour))  # noqa: DTZ001 - local by definition
        part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1su"))
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone
