"""What a region's meetings and news amount to, as the nation is told after each step."""

import pytest
from tests.factories.meetings import convened_meeting, held_meeting, ready_meeting

from yhdys.core import clock
from yhdys.meetings.actions import (
    add_item,
    approve_minutes,
    cancel_meeting,
    convene_meeting,
    publish_minutes,
    record_outcome,
    start_minutes,
)
from yhdys.meetings.enums import Outcome
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


def test_a_changed_agenda_of_a_called_meeting_is_told_without_the_members_own_items() -> None:
    meeting = convened_meeting()
    told("meetings_convened")
    add_item(meeting, by=None, title="Lisätty asia")
    add_item(meeting, by=None, title="Jäsenten asia", publicity="members")
    told("meetings_convened")
    summary = PublishedItem.objects.get(kind="agenda").summary
    assert summary == "Kokouksen avaus · Järjestöstrategia · Lisätty asia"


def test_an_agenda_is_told_in_the_language_that_it_has() -> None:
    meeting = ready_meeting(title_fi="", title_sv="Höstmöte")
    convene_meeting(meeting, by=None)
    told("meetings_convened")
    item = PublishedItem.objects.get(kind="agenda")
    assert (item.language, item.title) == ("sv", f"Höstmöte, {meeting.day:%-d.%-m.%Y}")
    assert item.path.startswith("/sv/")


def test_resolved_matters_are_told_when_the_minutes_are_published() -> None:
    meeting = held_meeting()
    for item in meeting.agenda_items.all():
        record_outcome(item, by=None, outcome=Outcome.RESOLVED)
    assert told("items_resolved") == 0
    publish_minutes(approve_minutes(start_minutes(meeting, by=None), by=None), by=None)
    assert told("items_resolved") == 2


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
    today = clock.today()
    told = Figure.objects.filter(metric="meetings_held").values_list("period", "value")
    assert sorted(told) == [(f"{today:%Y}", 0), (f"{today:%Y-%m}", 0)]
    assert not Figure.objects.filter(metric="latest_meeting").exists()
