"""What must happen is written with the change that causes it, and happens once."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from tests.tenancy.conftest import Worker, wait_until

from yhdys.config.celery import app
from yhdys.core import clock
from yhdys.local.valkey import Valkey
from yhdys.regions.models import Region
from yhdys.tenancy import outbox
from yhdys.tenancy.context import in_region
from yhdys.tenancy.models import OutboxEntry

State = OutboxEntry.State
START = clock.helsinki(2026, 11, 21, 9)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Register an effect for one test."""

    def register(name: str, handler: outbox.Effect, on_failure: outbox.Effect | None = None) -> None:
        monkeypatch.setitem(outbox._effects, name, handler)
        if on_failure is not None:
            monkeypatch.setitem(outbox._on_failure, name, on_failure)

    return register


def breaks(*arguments: Any) -> None:
    OutboxEntry.objects.create(effect="made before it broke")
    raise ValueError("broken")


def run_at(entry: OutboxEntry, moment: datetime) -> bool:
    with clock.at(moment):
        ran = outbox.run(entry.pk)
    entry.refresh_from_db()
    return ran


def waiting(name: str = "test", *arguments: Any) -> OutboxEntry:
    with clock.at(START):
        return outbox.put(name, *arguments)


def test_an_effect_runs_once_in_its_region_with_its_arguments(region: Region, registered: Callable[..., None]) -> None:
    seen: list[Any] = []
    registered("test", lambda *arguments: seen.append(arguments))
    entry = waiting("test", "pk", 3)
    assert outbox.run(entry.pk)
    assert not outbox.run(entry.pk)
    entry.refresh_from_db()
    assert (seen, entry.state, entry.attempts) == ([("pk", 3)], State.DONE, 1)
    assert entry.done_at is not None


def test_an_effect_speaks_the_language_of_its_cause(region: Region, registered: Callable[..., None]) -> None:
    seen: list[str | None] = []
    registered("test", lambda: seen.append(translation.get_language()))
    with translation.override("sv"):
        entry = waiting()
    outbox.run(entry.pk)
    assert seen == ["sv"]


def test_an_effect_that_fails_is_tried_again_after_growing_pauses(
    region: Region, registered: Callable[..., None]
) -> None:
    told: list[tuple[Any, ...]] = []
    registered("test", breaks, lambda *arguments, error: told.append((*arguments, error)))
    entry, moment = waiting("test", "pk"), START
    for attempt, pause in enumerate(outbox.PAUSES, start=1):
        assert run_at(entry, moment)
        assert (entry.state, entry.attempts, entry.due_at) == (State.WAITING, attempt, moment + pause)
        assert not run_at(entry, moment + pause - timedelta(seconds=1))
        moment += pause
    assert told == []
    assert run_at(entry, moment)
    assert (entry.state, entry.attempts) == (State.FAILED, len(outbox.PAUSES) + 1)
    assert told == [("pk", "ValueError: broken")]
    assert not run_at(entry, moment + timedelta(days=1))
    assert not OutboxEntry.objects.filter(effect="made before it broke").exists()


def test_an_effect_that_gives_up_is_not_tried_again(region: Region, registered: Callable[..., None]) -> None:
    def gives_up() -> None:
        raise outbox.FinalFailure("The letter has no receiver.")

    registered("test", gives_up)
    entry = waiting()
    assert run_at(entry, START)
    assert (entry.state, entry.last_error) == (State.FAILED, "FinalFailure: The letter has no receiver.")


def test_an_effect_ends_as_failed_even_when_the_failure_cannot_be_told(
    region: Region, registered: Callable[..., None]
) -> None:
    def gives_up() -> None:
        raise outbox.FinalFailure

    registered("test", gives_up, lambda *, error: breaks())
    entry = waiting()
    assert run_at(entry, START)
    assert entry.state == State.FAILED


class Killed(BaseException):
    """As a worker sees its end: nothing in its way catches it."""


def test_an_effect_that_ends_its_worker_each_time_is_not_tried_for_ever(
    region: Region, registered: Callable[..., None]
) -> None:
    def ends_its_worker(*arguments: Any) -> None:
        raise Killed

    told: list[tuple[Any, ...]] = []
    registered("test", ends_its_worker, lambda *arguments, error: told.append((*arguments, error)))
    entry, moment = waiting("test", "pk"), START
    for attempt, pause in enumerate([timedelta(0), *outbox.PAUSES], start=1):
        with pytest.raises(Killed):
            run_at(entry, moment)
        entry.refresh_from_db()
        assert (entry.state, entry.attempts, entry.due_at) == (State.WAITING, attempt, moment + pause)
        moment += pause
    assert not run_at(entry, moment)
    assert (entry.state, entry.attempts) == (State.FAILED, len(outbox.PAUSES) + 1)
    [(pk, error)] = told
    assert (pk, error.split(":")[0]) == ("pk", "WorkerLost")


def test_an_effect_may_succeed_after_failing(region: Region, registered: Callable[..., None]) -> None:
    registered("test", breaks)
    entry = waiting()
    run_at(entry, START)
    registered("test", lambda: None)
    assert run_at(entry, START + outbox.PAUSES[0])
    assert (entry.state, entry.last_error, entry.attempts) == (State.DONE, "", 2)


def test_a_misspelt_effect_is_refused_at_once(region: Region) -> None:
    with pytest.raises(outbox.UnknownEffect):
        outbox.put("no.such.effect")


def test_an_effect_that_no_release_knows_any_more_fails(region: Region) -> None:
    entry = OutboxEntry.objects.create(effect="of an older release", due_at=START)
    assert run_at(entry, START)
    assert entry.state == State.FAILED


def test_a_name_has_one_handler() -> None:
    with pytest.raises(ValueError, match="Two handlers"):
        outbox.effect("mail.deliver")(breaks)


def test_a_change_that_is_rolled_back_has_no_effect(region: Region, registered: Callable[..., None]) -> None:
    registered("test", breaks)
    before = OutboxEntry.objects.count()
    with transaction.atomic():
        outbox.put("test")
        transaction.set_rollback(True)
    assert OutboxEntry.objects.count() == before


def test_a_delayed_effect_waits(region: Region, registered: Callable[..., None]) -> None:
    registered("test", lambda: None)
    with clock.at(START):
        entry = outbox.put("test", delay=timedelta(hours=1))
    assert not run_at(entry, START)
    assert run_at(entry, START + timedelta(hours=1))


def test_a_sweep_leaves_what_is_not_due_and_what_another_worker_holds(
    region: Region, registered: Callable[..., None]
) -> None:
    OutboxEntry.objects.all().delete()
    registered("test", lambda: None)
    for moment in (START, START + timedelta(hours=1)):
        OutboxEntry.objects.create(effect="test", due_at=moment)
    with clock.at(START):
        assert outbox.sweep() == 1
        assert outbox.sweep() == 0


def test_a_committed_effect_is_run_by_a_worker_at_once(worker: Worker, registered: Callable[..., None]) -> None:
    registered("probe.slow", breaks)  # The worker has its own handler of this name.
    with in_region("kainuu"), transaction.atomic():
        entry = outbox.put("probe.slow", "now")
    wait_until(lambda: state(entry) == State.DONE)


def state(entry: OutboxEntry) -> str:
    with in_region("kainuu"):
        return OutboxEntry.objects.get(pk=entry.pk).state


def test_a_broker_that_is_down_loses_nothing_and_delays_nobody(
    worker: Worker, broker: Valkey, registered: Callable[..., None]
) -> None:
    registered("probe.slow", breaks)
    assert broker.child is not None
    broker.child.stop()
    try:
        before = time.monotonic()
        with in_region("kainuu"), transaction.atomic():
            entry = outbox.put("probe.slow", "later")
        assert time.monotonic() - before < 2
        assert state(entry) == State.WAITING
    finally:
        broker.child.start()
    wait_until(lambda: sends("tenancy.fan_out", "tenancy.sweep_outbox"))
    wait_until(lambda: state(entry) == State.DONE)


def sends(name: str, *args: str) -> bool:
    try:
        app.send_task(name, args=args, retry=False)
    except app.tasks[name].OperationalError:
        return False
    return True
