"""Who may be asked to check the minutes."""

from datetime import timedelta

import pytest
from tests.factories.meetings import held_meeting

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.meetings.actions import (
    Present,
    record_attendance,
    record_outcome,
    send_minutes_for_review,
    start_minutes,
)
from yhdys.meetings.enums import MinutesState, Outcome, Presence
from yhdys.meetings.models import Meeting, MinutesCheck
from yhdys.organisations.models import Contact

pytestmark = pytest.mark.usefixtures("region")


def recorded_meeting() -> tuple[Meeting, Contact]:
    """A held meeting whose items are resolved, and one of its members."""
    meeting = held_meeting()
    for item in meeting.agenda_items.all():
        record_outcome(item, by=None, outcome=Outcome.NOTED)
    return meeting, meeting.body.memberships.get(contact__name="Jäsen 0").contact


@pytest.mark.parametrize("presence", [Presence.ABSENT, Presence.EXCUSED])
def test_a_checker_who_was_absent_is_refused_by_name(presence: Presence) -> None:
    meeting, checker = recorded_meeting()
    record_attendance(meeting, [Present(name="Jäsen 0", contact=checker, presence=presence)], by=None)
    minutes = start_minutes(meeting, by=None)
    with pytest.raises(ActionRefused, match="Jäsen 0 was absent from the meeting and cannot check its minutes"):
        send_minutes_for_review(minutes, by=None, checkers=[checker])
    assert not MinutesCheck.objects.exists()


@pytest.mark.parametrize("presence", [Presence.PRESENT, Presence.REMOTE, None])
def test_whoever_was_there_checks_and_nobody_is_judged_before_the_attendance_is_known(
    presence: Presence | None,
) -> None:
    meeting, checker = recorded_meeting()
    if presence is not None:
        record_attendance(meeting, [Present(name="Jäsen 0", contact=checker, presence=presence)], by=None)
    due = clock.today() + timedelta(days=3)
    minutes = send_minutes_for_review(start_minutes(meeting, by=None), by=None, checkers=[checker], review_by=due)
    assert minutes.state == MinutesState.UNDER_REVIEW
