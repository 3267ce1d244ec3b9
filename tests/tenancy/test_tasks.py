"""A real worker does each region's work as that region, and nobody's otherwise."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import structlog
from celery.beat import Scheduler
from django.db import connection
from tests.tenancy.conftest import Worker, wait_until

from yhdys.config.celery import app
from yhdys.regions.actions import suspend_region
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region
from yhdys.tenancy.models import OutboxEntry
from yhdys.tenancy.roles import region_role
from yhdys.tenancy.tasks import RegionTask, TaskWithoutRegion, fan_out, run_outbox_entry

NOTED = "probe.noted"
EVERYWHERE = ("kainuu", "lappi", "public")


def notes(schema: str) -> list[list[Any]]:
    """What tasks wrote down in one schema: text, schema, role, process."""
    with in_national() if schema == "public" else in_region(schema):
        return list(OutboxEntry.objects.filter(effect=NOTED).values_list("arguments", flat=True))


def texts(schema: str) -> list[str]:
    return sorted(text for text, *_ in notes(schema))


def send(name: str, *args: Any, schema: str | None, task_id: str | None = None) -> str:
    """Put a message on the broker as anybody could, past our own code."""
    headers = {} if schema is None else {"schema_name": schema}
    return str(app.send_task(name, args=args, headers=headers, task_id=task_id).id)


def test_a_task_runs_as_the_region_of_its_message(worker: Worker) -> None:
    send("probe.note", "hello", schema="kainuu")
    wait_until(lambda: bool(notes("kainuu")))
    [[text, schema, role, _]] = notes("kainuu")
    assert (text, schema, role) == ("hello", "kainuu", region_role(connection.settings_dict["NAME"], "kainuu"))
    assert notes("lappi") == notes("public") == []


@pytest.mark.parametrize("schema", [None, "", "nowhere", "template_region", "spare_1", "kainuu, lappi"])
def test_a_message_without_a_region_at_work_is_refused(worker: Worker, schema: str | None) -> None:
    task_id = send("probe.note", "never", schema=schema)
    wait_until(lambda: worker.said("task.refused", task_id))
    assert [notes(one) for one in EVERYWHERE] == [[], [], []]


def test_a_suspended_regions_tasks_are_refused(worker: Worker) -> None:
    suspend_region("lappi")
    task_id = send("probe.note", "never", schema="lappi")
    wait_until(lambda: worker.said("task.refused", task_id, "lappi"))
    assert notes("lappi") == []


def test_one_region_cannot_run_anothers_effect(worker: Worker) -> None:
    with in_region("lappi"):
        entry = OutboxEntry.objects.create(effect="probe.slow", arguments=["of Lapland"])
    send("probe.run_entry", str(entry.pk), schema="kainuu")
    wait_until(lambda: texts("kainuu") == ["ran: False"])
    send("probe.run_entry", str(entry.pk), schema="lappi")
    wait_until(lambda: texts("lappi") == ["of Lapland", "ran: True"])


def test_an_effect_delivered_twice_happens_once(worker: Worker) -> None:
    with in_region("kainuu"):
        entry = OutboxEntry.objects.create(effect="probe.slow", arguments=["once"])
    for _ in range(2):
        send("probe.run_entry", str(entry.pk), schema="kainuu")
    wait_until(lambda: len(notes("kainuu")) >= 3)
    assert texts("kainuu") == ["once", "ran: False", "ran: True"]


def test_an_effect_whose_process_is_killed_happens_all_the_same(worker: Worker, tmp_path: Path) -> None:
    with in_region("kainuu"):
        entry = OutboxEntry.objects.create(effect="probe.dies_once", arguments=[str(tmp_path / "died")])
    send("tenancy.run_outbox_entry", str(entry.pk), schema="kainuu")
    wait_until(lambda: texts("kainuu") == ["after death"])
    with in_region("kainuu"):
        entry.refresh_from_db()
        assert entry.state == OutboxEntry.State.DONE


def test_processes_of_the_worker_serve_regions_in_turn(worker: Worker) -> None:
    for number in range(40):
        schema = EVERYWHERE[number % 3]
        app.send_task("probe.note", [f"for {schema}", 0.02], headers={"schema_name": schema})
    wait_until(lambda: sum(len(notes(schema)) for schema in EVERYWHERE) == 40)
    for schema in EVERYWHERE:
        assert {(text, where) for text, where, *_ in notes(schema)} == {(f"for {schema}", schema)}
    assert len({process for schema in EVERYWHERE for *_, process in notes(schema)}) == 2


def test_a_round_goes_to_every_region_at_work(worker: Worker) -> None:
    suspend_region("lappi")
    app.send_task("tenancy.fan_out", ["probe.note"])
    wait_until(lambda: texts("kainuu") == texts("public") == [""])
    assert notes("lappi") == []


def test_a_round_may_leave_the_national_site_out(worker: Worker) -> None:
    app.send_task("tenancy.fan_out", ["probe.note"], {"with_national": False})
    wait_until(lambda: texts("kainuu") == texts("lappi") == [""])
    assert notes("public") == []


def test_beat_reaches_the_worker(worker: Worker) -> None:
    with in_region("kainuu"):
        OutboxEntry.objects.create(effect="probe.slow", arguments=["swept"])
    scheduler = Scheduler(app, lazy=True)
    scheduler.setup_schedule()
    scheduler.apply_entry(scheduler.schedule["sweep outboxes"])
    wait_until(lambda: "swept" in texts("kainuu"))


def test_everything_that_beat_sends_exists() -> None:
    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] == fan_out.name
        [target] = entry["args"]
        assert isinstance(app.tasks[target], RegionTask)
    assert not isinstance(app.tasks[fan_out.name], RegionTask)


def test_a_tasks_lines_name_the_region_and_the_request_that_caused_them(worker: Worker) -> None:
    with in_region("kainuu"), structlog.contextvars.bound_contextvars(request_id="request-17"):
        entry = OutboxEntry.objects.create(effect="probe.broken", arguments=["person@example.org"])
        run_outbox_entry.delay(str(entry.pk))
    wait_until(lambda: worker.said("outbox.effect_failed", '"request_id": "request-17"', '"region": "kainuu"'))
    assert not worker.said("person@example.org")


def test_a_task_is_not_sent_outside_every_region() -> None:
    with pytest.raises(TaskWithoutRegion):
        run_outbox_entry.delay(str(uuid4()))


def test_a_task_called_as_a_function_stays_where_it_is(kainuu: Region) -> None:
    with in_region(kainuu):
        run_outbox_entry(str(uuid4()))


def test_every_task_of_ours_knows_its_region() -> None:
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}
    assert {name for name, task in ours.items() if not isinstance(task, RegionTask)} == {fan_out.name}
