"""Tasks and effects that only tests have: they write down where they ran. The worker under test imports this."""

import os
import signal
import time
from pathlib import Path
from uuid import UUID

from celery import shared_task
from django.db import connection

from yhdys.tenancy import outbox
from yhdys.tenancy.context import current_schema
from yhdys.tenancy.models import OutboxEntry

NOTED = "probe.noted"


def note(text: str) -> None:
    """Leave a row that no worker will ever run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    OutboxEntry.objects.create(
        effect=NOTED,
        arguments=[text, current_schema(), role, os.getpid()],
        state=OutboxEntry.State.DONE,
    )


@shared_task(name="probe.note")
def note_task(text: str = "", pause: float = 0) -> None:
    note(text)
    time.sleep(pause)


@shared_task(name="probe.run_entry")
def run_entry(pk: str) -> None:
    note(f"ran: {outbox.run(UUID(pk))}")


@outbox.effect("probe.slow")
def slow(text: str) -> None:
    time.sleep(0.3)
    note(text)


@outbox.effect("probe.broken")
def broken(address: str) -> None:
    raise ValueError(address)


@outbox.effect("probe.dies_once")
def dies_once(marker: str) -> None:
    """The first time, the process ends as if the machine had killed it."""
    path = Path(marker)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    note("after death")
