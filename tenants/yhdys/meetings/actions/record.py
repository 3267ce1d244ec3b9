"""The record of a meeting that is being or has been held: who was there, what was resolved, who does what."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.core.text import clean_html, plain_text
from yhdys.meetings.actions.common import By, held, locked_with_meeting
from yhdys.meetings.enums import Outcome
from yhdys.meetings.models import AgendaItem, Assignment, Attendance, Meeting, Resolution
from yhdys.meetings.queries import Present
from yhdys.organisations.models import Contact


@transaction.atomic
def record_attendance(meeting: Meeting, lines: Iterable[Present], *, by: By) -> list[Attendance]:
    """Write who was there, in place of what was written before.

    Raises ActionRefused unless the meeting is held and its minutes are open, and for a person who stands twice.
    """
    meeting = held(meeting)
    listed = list(lines)
    people = [line.contact.pk for line in listed if line.contact is not None]
    if len(people) != len(set(people)):
        raise ActionRefused(_("Somebody stands twice on the attendance list."))
    fresh = [
        Attendance(
            meeting=meeting,
            contact=line.contact,
            role=line.role,
            name=line.name,
            organisation=line.organisation,
            presence=line.presence,
            in_place_of=line.in_place_of,
            votes=line.votes,
            note=line.note,
        )
        for line in listed
    ]
    for one in fresh:
        refuse_invalid(one, exclude={"meeting", "contact"})
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create(fresh)
    record(meeting, "attendance_recorded", by=by, there=sum(one.is_there for one in fresh), listed=len(fresh))
    return fresh


@transaction.atomic
def record_outcome(
    item: AgendaItem,
    *,
    by: By,
    outcome: str,
    discussion: str | None = None,
    resolution: str | None = None,
    language: str = "fi",
) -> AgendaItem:
    """Write how an item ended, what was said (rich text) and what was resolved (rich text in ``language``).

    None leaves a text as it is, an empty one removes it. Raises ActionRefused unless the meeting is held and its
    minutes are open.
    """
    item, meeting = locked_with_meeting(item)
    held(meeting)
    if outcome and outcome not in Outcome.values:
        raise ActionRefused(_("Choose one of the outcomes."))
    item.outcome = outcome
    if discussion is not None:
        item.discussion = discussion
    item.save(update_fields=["outcome", "discussion"])
    if resolution is not None:
        _write_resolution(item, resolution, language)
    record(meeting, "outcome_recorded", by=by, number=item.number, outcome=outcome)
    return item


@transaction.atomic
def add_assignment(
    item: AgendaItem, *, by: By, what: str, contact: Contact | None = None, who: str = "", due: date | None = None
) -> Assignment:
    """Note who promised what by when. Raises ActionRefused without a doer."""
    item, meeting = locked_with_meeting(item)
    held(meeting)
    if contact is None and not who.strip():
        raise ActionRefused(_("Say who does it."))
    assignment = Assignment(item=item, what=what, contact=contact, who=who, due=due)
    refuse_invalid(assignment)
    assignment.save()
    record(meeting, "task_assigned", by=by, number=item.number, what=what)
    return assignment


@transaction.atomic
def remove_assignment(assignment: Assignment, *, by: By) -> None:
    """Take back a task that was noted by mistake."""
    assignment = locked(assignment)
    meeting = held(assignment.item.meeting)
    record(meeting, "task_removed", by=by, what=assignment.what)
    assignment.delete()


@transaction.atomic
def finish_assignment(assignment: Assignment, *, by: By) -> Assignment:
    """Note a task as done, whatever the state of its meeting."""
    assignment = locked(assignment)
    if not assignment.is_done:
        assignment.done_at, assignment.done_by = clock.now(), by
        assignment.save(update_fields=["done_at", "done_by"])
        record(assignment.item.meeting, "task_done", by=by, what=assignment.what)
    return assignment


@transaction.atomic
def close_assignment(assignment: Assignment, *, reason: str, by: By) -> Assignment:
    """Close a task that is not done and will not be. Raises ActionRefused without a reason; a done one stays done."""
    assignment = locked(assignment)
    if not assignment.is_done:
        if not reason.strip():
            raise ActionRefused(_("Give a reason for closing “{matter}”.").format(matter=assignment.what))
        assignment.done_at, assignment.done_by, assignment.closed_because = clock.now(), by, reason.strip()
        refuse_invalid(assignment)
        assignment.save(update_fields=["done_at", "done_by", "closed_because"])
        record(assignment.item.meeting, "task_closed", by=by, what=assignment.what, reason=assignment.closed_because)
    return assignment


@transaction.atomic
def reopen_assignment(assignment: Assignment, *, by: By) -> Assignment:
    """Note that a task is not done after all."""
    assignment = locked(assignment)
    if assignment.is_done:
        assignment.done_at, assignment.done_by, assignment.closed_because = None, None, ""
        assignment.save(update_fields=["done_at", "done_by", "closed_because"])
        record(assignment.item.meeting, "task_reopened", by=by, what=assignment.what)
    return assignment


def _write_resolution(item: AgendaItem, text: str, language: str) -> None:
    kept = Resolution.objects.filter(item=item).first() or Resolution(item=item)
    setattr(kept, f"text_{language}", text)
    texts = [kept.text_fi, kept.text_sv, kept.text_en]
    if any(plain_text(clean_html(one or "")).strip() for one in texts):
        kept.save()
    elif kept.pk and not kept._state.adding:
        kept.delete()
