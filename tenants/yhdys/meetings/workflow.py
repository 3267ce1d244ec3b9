"""The only writer of the states of meetings, items and minutes. Which step may follow which is data."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yhdys.core.errors import ActionRefused
from yhdys.meetings.enums import MeetingState, MinutesState
from yhdys.meetings.models import Meeting, Minutes

type Steps[S] = Mapping[S, frozenset[S]]

MEETING: Steps[MeetingState] = {
    MeetingState.DRAFT: frozenset({MeetingState.CONVENED, MeetingState.CANCELLED, MeetingState.RESCHEDULED}),
    MeetingState.CONVENED: frozenset({MeetingState.HELD, MeetingState.CANCELLED, MeetingState.RESCHEDULED}),
    MeetingState.RESCHEDULED: frozenset({MeetingState.CONVENED, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
    MeetingState.CANCELLED: frozenset(),
}
MINUTES: Steps[MinutesState] = {
    MinutesState.DRAFT: frozenset({MinutesState.UNDER_REVIEW, MinutesState.APPROVED}),
    # Back to writing when a checker asks for changes.
    MinutesState.UNDER_REVIEW: frozenset({MinutesState.APPROVED, MinutesState.DRAFT}),
    MinutesState.APPROVED: frozenset({MinutesState.PUBLISHED}),
    MinutesState.PUBLISHED: frozenset(),
}


def may_advance(meeting: Meeting, to: MeetingState) -> bool:
    """Whether the meeting's state allows the step."""
    return to in MEETING[MeetingState(meeting.state)]


def advance(meeting: Meeting, to: MeetingState, **changes: Any) -> None:
    """Take the meeting one step on, saving ``changes`` of other columns with it. Raises ActionRefused."""
    now = MeetingState(meeting.state)
    if to not in MEETING[now]:
        raise ActionRefused(
            _("The meeting is in the state “{now}”; it cannot become “{to}”.").format(now=now.label, to=to.label)
        )
    _save(meeting, to, changes)


def advance_minutes(minutes: Minutes, to: MinutesState, **changes: Any) -> None:
    """Take the minutes one step on, saving ``changes`` of other columns with it. Raises ActionRefused."""
    now = MinutesState(minutes.state)
    if to not in MINUTES[now]:
        raise ActionRefused(
            _("The minutes are in the state “{now}”; they cannot become “{to}”.").format(now=now.label, to=to.label)
        )
    _save(minutes, to, changes)


def _save(record: Meeting | Minutes, to: str, changes: Mapping[str, Any]) -> None:
    record.state = to
    for name, value in changes.items():
        setattr(record, name, value)
    record.save(update_fields=["state", *changes])
