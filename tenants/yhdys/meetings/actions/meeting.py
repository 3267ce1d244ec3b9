"""Making a meeting, changing it, putting it into the public calendar, holding and closing it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.core.text import address_of
from yhdys.councils.models import Body, Term
from yhdys.councils.queries import voting_members
from yhdys.meetings.actions.ballots import end_convening
from yhdys.meetings.actions.common import By, in_finnish
from yhdys.meetings.actions.standing import begin_agenda
from yhdys.meetings.enums import MeetingKind, MeetingState
from yhdys.meetings.models import AgendaItem, Announcement, FormerAddress, Meeting
from yhdys.meetings.queries import missing_for_closing, practice_of
from yhdys.meetings.workflow import advance
from yhdys.overview.actions import push_soon

BASICS = frozenset({
    "kind", "title", "title_fi", "title_sv", "title_en", "theme", "theme_fi", "theme_sv", "theme_en",
    "starts_at", "ends_at", "place", "place_fi", "place_sv", "place_en", "address", "remote_link",
})  # fmt: skip
"""Columns that ``create_meeting`` and ``change_meeting`` take."""
_TRANSLATED = ("title", "theme", "place")
_TIMES = frozenset({"starts_at", "ends_at"})


@transaction.atomic
def create_meeting(
    body: Body,
    *,
    by: By,
    title: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **basics: Any,
) -> Meeting:
    """A new meeting in preparation, which begins with the body's standing items for its kind.

    Place and link are the body's usual ones unless given; times are aware.

    A text named without a language (``title``) is the Finnish one.

    Raises ActionRefused for an end before the beginning and for texts that do not fit.
    """
    meeting = _new_meeting(body, by=by, title=title, starts_at=starts_at, ends_at=ends_at, **basics)
    begin_agenda(meeting)
    return meeting


def _new_meeting(
    body: Body, *, by: By, title: str, starts_at: datetime | None, ends_at: datetime | None, **basics: Any
) -> Meeting:
    """The same with an empty agenda."""
    _check_names(basics)
    habit = practice_of(body)
    usual = {"place_fi": habit.place, "address": habit.address, "remote_link": habit.remote_link}
    given_place = any(name.startswith(("place", "remote_link")) for name in basics)
    meeting = Meeting(
        body=body,
        term=Term.objects.of(body, on=starts_at.astimezone(clock.HELSINKI).date() if starts_at else None),
        title_fi=title,
        starts_at=starts_at,
        ends_at=ends_at,
        **({} if given_place else usual),
        **in_finnish(basics, _TRANSLATED),
    )
    meeting.slug = free_slug(meeting)
    refuse_invalid(meeting)
    meeting.save()
    record(meeting, "created", by=by)
    return meeting


@transaction.atomic
def clone_meeting(
    meeting: Meeting, *, by: By, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> Meeting:
    """A new draft with the basics and the agenda of an earlier meeting, without what was said, resolved or attached."""
    fresh = _new_meeting(
        meeting.body,
        by=by,
        title=meeting.title_fi or meeting.title,
        starts_at=starts_at,
        ends_at=ends_at,
        kind=MeetingKind.ORDINARY if meeting.kind == MeetingKind.CONSTITUTIVE else meeting.kind,
        **{name: getattr(meeting, name) for name in ("place_fi", "place_sv", "place_en", "address", "remote_link")},
    )
    for item in meeting.agenda_items.order_by("number").prefetch_related("keywords"):
        copy = AgendaItem(meeting=fresh, number=item.number, kind=item.kind, publicity=item.publicity)
        for name in ("title", "description"):
            for language in ("fi", "sv", "en"):
                setattr(copy, f"{name}_{language}", getattr(item, f"{name}_{language}"))
        copy.presenter, copy.minutes_planned, copy.stays_last = item.presenter, item.minutes_planned, item.stays_last
        copy.save()
        copy.keywords.set(item.keywords.all())
    record(fresh, "cloned", by=by, source=str(meeting.pk))
    return fresh


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: By, **changes: Any) -> Meeting:
    """Change the basics. Once the call is out the time changes only by ``reschedule_meeting``.

    Raises ActionRefused when the meeting has been held, for a new time after the call and for what does not fit.
    """
    meeting = locked(meeting)
    _check_names(changes)
    changes = in_finnish(changes, _TRANSLATED)
    if meeting.state not in (MeetingState.DRAFT, MeetingState.RESCHEDULED, MeetingState.CONVENED):
        raise ActionRefused(_("The meeting has been held or cancelled, so its details cannot be changed any more."))
    changed = [name for name, value in changes.items() if getattr(meeting, name) != value]
    if meeting.state == MeetingState.CONVENED and _TIMES & set(changed):
        raise ActionRefused(
            _("The meeting has been called. Move it with “Move the meeting”, so that everybody is told the new time.")
        )
    if not changed:
        return meeting
    for name in changed:
        setattr(meeting, name, changes[name])
    if "starts_at" in changed:
        meeting.term = Term.objects.of(meeting.body, on=meeting.day)
    rename(meeting)
    refuse_invalid(meeting)
    meeting.save()
    record(meeting, "changed", by=by, fields=sorted(changed))
    if meeting.state != MeetingState.DRAFT:
        push_soon()
    return meeting


@transaction.atomic
def remove_meeting(meeting: Meeting, *, by: By) -> None:
    """Remove a draft that nobody outside has heard of. Raises ActionRefused for any other meeting."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.DRAFT or hasattr(meeting, "announcement") or meeting.convocations.exists():
        raise ActionRefused(_("The meeting has been announced. Cancel it instead, so that people are told why."))
    record(meeting, "removed", by=by)
    meeting.delete()


@transaction.atomic
def move_to_term(meeting: Meeting, term: Term | None, *, by: By) -> Meeting:
    """Let a meeting that is still to come be one of another term of its body; None while no other is planned.

    Raises ActionRefused for a meeting that has been held, and for another body's term.
    """
    meeting = locked(meeting)
    if meeting.state not in (MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.RESCHEDULED):
        raise ActionRefused(_("A meeting that was held stays in its term."))
    if term is not None and term.body_id != meeting.body_id:
        raise ActionRefused(_("The term belongs to another body."))
    meeting.term = term
    meeting.save(update_fields=["term"])
    record(meeting, "moved_to_term", by=by, term=str(term) if term is not None else "–")
    return meeting


@transaction.atomic
def announce_meeting(meeting: Meeting, *, by: By) -> Meeting:
    """Put a meeting in preparation into the public calendar: its time, place and theme, not its agenda.

    Raises ActionRefused without a time.
    """
    meeting = locked(meeting)
    if meeting.starts_at is None:
        raise ActionRefused(_("Give the meeting a day and a time before it is put into the public calendar."))
    _made, created = Announcement.objects.get_or_create(meeting=meeting, defaults={"announced_by": by})
    if created:
        record(meeting, "announced", by=by)
        push_soon()
    return meeting


@transaction.atomic
def withdraw_announcement(meeting: Meeting, *, by: By) -> Meeting:
    """Take a draft out of the public calendar. Raises ActionRefused once it has been called."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.DRAFT:
        raise ActionRefused(_("The meeting has been called, so it stays in the calendar. Cancel or move it instead."))
    if Announcement.objects.filter(meeting=meeting).delete()[0]:
        record(meeting, "announcement_withdrawn", by=by)
        push_soon()
    return meeting


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: By) -> Meeting:
    """Open the record of the meeting: attendance, outcomes and minutes follow. Raises ActionRefused before its time.

    The votes needed for a quorum are fixed now, by the body's rule and the members of the day.
    """
    meeting = locked(meeting)
    if not meeting.has_begun:
        raise ActionRefused(_("The meeting has not begun yet. Its record can be opened when its time has come."))
    advance(
        meeting, MeetingState.HELD, quorum_required=meeting.body.quorum_of(voting_members(meeting.body, meeting.day))
    )
    record(meeting, "held", by=by)
    push_soon()
    return meeting


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: By) -> Meeting:
    """Nothing of the meeting is open any more. Raises ActionRefused while an item has no outcome (domain rule)."""
    meeting = locked(meeting)
    if missing := missing_for_closing(meeting):
        raise ActionRefused(" ".join(one.text for one in missing))
    advance(meeting, MeetingState.CLOSED)
    end_convening(meeting, by=by)
    record(meeting, "closed", by=by)
    return meeting


# --- Addresses ---
def free_slug(meeting: Meeting) -> str:
    """A name for public addresses that nobody has or had: the day and the Finnish title."""
    day = f"{meeting.day:%Y-%m-%d}" if meeting.day else ""
    base = "-".join(filter(None, [day, address_of(meeting.title_fi or meeting.title)])) or "kokous"
    base = base[:110].strip("-")
    others = Meeting.objects.exclude(pk=meeting.pk)
    former = FormerAddress.objects.exclude(meeting=meeting.pk)
    slug, number = base, 1
    while others.filter(slug=slug).exists() or former.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def rename(meeting: Meeting) -> None:
    """Let the address follow the day and the title; one that the public may know leads to the new one for ever."""
    slug = free_slug(meeting)
    if slug == meeting.slug:
        return
    if meeting.state != MeetingState.DRAFT or Announcement.objects.filter(meeting=meeting).exists():
        FormerAddress.objects.get_or_create(slug=meeting.slug, defaults={"meeting": meeting})
    FormerAddress.objects.filter(meeting=meeting, slug=slug).delete()
    meeting.slug = slug


def _check_names(given: Mapping[str, Any]) -> None:
    if unknown := set(given) - BASICS:
        raise TypeError(f"No basics of a meeting: {', '.join(sorted(unknown))}.")
