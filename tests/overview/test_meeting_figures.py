"""What a region's meetings and news amount to, as the nation is told after each step."""

import pytest
from tests.factories.meetings import convened_meeting, held_meeting, ready_meeting

from yhdys.core import clock
from yhdys.meetings.actions import cancel_meeting, convene_meeting
from yhdys.overview import actions
from yhdys.overview.models import Figure, PublishedItem
from yhdys.regions.models import Region
from yhdys.tenancy import outbox
from yhdys.tenancy.models import OutboxEntry


@pytest.fixture(autouse=True)
def nothing_waits(region: Region) -> None:
    """Kainuu, with nothing waiting."""
    OutboxEntry.objects.all().delete()


def told(metric: str) -> int | None:
    """What the nation knows after the workers have been at work."""
    while outbox.sweep():
        pass
    period = Figure.objects.filter(metric=metric).order_by("-period").first()
    return period.value if period is not None else None


def test_a_call_is_told_as_soon_as_its_effects_have_run() -> None:
    meeting = ready_meeting()
    assert told("meetings_convened") in (None, 0)
    convene_meeting(meeting, by=None)
    assert OutboxEntry.objects.filter(effect=actions.PUSH, state=OutboxEntry.State.WAITING).count() == 1
    assert told("meetings_convened") == 1
    assert told("meetings_held") == 0
    item = PublishedItem.objects.get(kind="agenda")
    assert item.key == str(meeting.pk)
    assert item.path.endswith(f"/{meeting.slug}/")


def test_a_cancelled_meeting_is_taken_back() -> None:
    meeting = convened_meeting()
    assert told("meetings_convened") == 1
    cancel_meeting(meeting, reason="Sairaustapaus", by=None)
    assert told("meetings_convened") == 0
    assert not PublishedItem.objects.filter(kind="agenda").exists()


def test_a_held_meeting_is_told_with_its_day() -> None:
    meeting = held_meeting()
    assert meeting.day is not None
    assert told("latest_meeting") == int(f"{meeting.day:%Y%m%d}")
    assert Figure.objects.get(metric="latest_meeting").day == meeting.day
    assert Figure.objects.get(metric="meetings_held", period=str(meeting.day.year)).value == 1


def test_a_region_without_meetings_tells_none_and_no_day() -> None:
    actions.push()
    assert Figure.objects.get(metric="meetings_held").period == str(clock.today().year)
    assert not Figure.objects.filter(metric="latest_meeting").exists()
