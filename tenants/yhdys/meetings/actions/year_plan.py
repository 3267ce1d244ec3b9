"""A year's meetings at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked
from yhdys.councils.models import Body
from yhdys.meetings.actions.common import By
from yhdys.meetings.actions.meeting import announce_meeting, create_meeting
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.models import Meeting
from yhdys.meetings.queries.year_plan import meeting_days

MOST_AT_ONCE = 60
"""More than weekly is no year plan but a slip of the keyboard."""

type Span = tuple[datetime, datetime | None]


@transaction.atomic
def plan_meetings(
    body: Body, times: Sequence[Span], *, by: By, title: str, announce: bool = False, **basics: Any
) -> list[Meeting]:
    """Make drafts for these aware times, all or none, and put them into the public calendar where ``announce`` says so.

    Each is named by its place in its Finnish year, after those that the body has: ``Kokous 3/2027``.

    Raises ActionRefused for no times or too many, a time that has passed, and two meetings of the body on one day.
    """
    body = locked(body)
    if not times:
        raise ActionRefused(_("Give at least one day."))
    if len(times) > MOST_AT_ONCE:
        raise ActionRefused(_("At most {most} meetings can be planned at once.").format(most=MOST_AT_ONCE))
    planned = sorted(times, key=lambda span: span[0])
    days = [start.astimezone(clock.HELSINKI).date() for start, _end in planned]
    taken = meeting_days(body, {day.year for day in days})
    for (start, _end), day in zip(planned, days, strict=True):
        if start <= clock.now():
            raise ActionRefused(_("{day} has already passed.").format(day=date_format(day)))
        if day in taken:
            raise ActionRefused(_("The body already has a meeting on {day}.").format(day=date_format(day)))
        taken.add(day)
    numbers = {day.year: _meetings_in(body, day.year) for day in days}
    made = []
    for (start, end), day in zip(planned, days, strict=True):
        numbers[day.year] += 1
        name = f"{title.strip()} {numbers[day.year]}/{day.year}"
        meeting = create_meeting(body, by=by, title=name, starts_at=start, ends_at=end, **basics)
        made.append(announce_meeting(meeting, by=by) if announce else meeting)
    return made


def _meetings_in(body: Body, year: int) -> int:
    counted: int = Meeting.objects.filter(body=body).of_year(year).exclude(state=MeetingState.CANCELLED).count()
    return counted
