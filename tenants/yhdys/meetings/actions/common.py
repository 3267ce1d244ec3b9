"""What several actions share: locks in their order, and the way from an invalid record to a refusal."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.models import AgendaItem, Meeting, Minutes, StandingItem

type By = User | None


def locked_with_meeting(item: AgendaItem) -> tuple[AgendaItem, Meeting]:
    """An item and its meeting, both locked, the meeting first, so that two actions never wait for each other."""
    meeting = locked(item.meeting)
    fresh = locked(item)
    fresh.meeting = meeting
    return fresh, meeting


def refuse_locked_record(meeting: Meeting) -> None:
    """Raise ActionRefused when the minutes have been approved: after that only corrections."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None and minutes.is_locked:
        raise ActionRefused(
            _("The minutes have been approved, so the record of the meeting is locked. Write a correction instead.")
        )


def renumber[M: (AgendaItem, StandingItem)](order: list[M]) -> bool:
    """Number the items in this order. Returns whether any number changed."""
    changed = []
    for number, item in enumerate(order, start=1):
        if item.number != number:
            item.number = number
            changed.append(item)
    if changed:
        type(changed[0]).objects.bulk_update(changed, ["number"])
    return bool(changed)


def held(meeting: Meeting) -> Meeting:
    """The meeting, locked. Raises ActionRefused unless its record is open: it is held, its minutes are not approved."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.HELD:
        raise ActionRefused(
            _("The record can be written while the meeting is in the state “{state}”.").format(
                state=MeetingState.HELD.label
            )
        )
    refuse_locked_record(meeting)
    return meeting


def in_finnish(given: Mapping[str, Any], translated: Collection[str]) -> dict[str, Any]:
    """Names without a language mean Finnish, whatever the language of the page on which they were typed."""
    return {f"{name}_fi" if name in translated else name: value for name, value in given.items()}
