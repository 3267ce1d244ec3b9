"""Effects that must happen: written with the change that causes them, run by a worker after it is committed.

``put`` writes a row in the running transaction. When that commits, the dispatcher is woken through the broker; if the
broker is down, the sweep that beat starts finds the row later. The worker claims the row while it runs the effect, so
an effect that is delivered twice happens once. What fails, or ends its worker, is tried again with growing pauses and
then left as FAILED, for a person to see.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import translation

from yhdys.core import clock, metrics
from yhdys.core.errors import YhdysError
from yhdys.tenancy.context import current_schema
from yhdys.tenancy.models import OutboxEntry

type Effect = Callable[..., None]

PAUSES = [timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4)]
"""How long to wait before each new attempt; after the last one an effect has failed."""
ONE_NEW_CONNECTION = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}

log = structlog.get_logger(__name__)
_effects: dict[str, Effect] = {}
_on_failure: dict[str, Effect] = {}


class UnknownEffect(YhdysError):
    """An entry names an effect that no app registers."""


class FinalFailure(YhdysError):
    """An effect that would fail again however often it is tried."""


class WorkerLost(YhdysError):
    """An effect whose worker ended in its midst: killed, out of memory, or cut off from the database."""


def effect(name: str, *, on_failure: Effect | None = None) -> Callable[[Effect], Effect]:
    """Register the handler of an effect: idempotent, takes plain JSON values, runs in the region it was put in.

    ``on_failure`` is called with the same arguments and ``error``, a text, when the last attempt has failed.
    """

    def register(handler: Effect) -> Effect:
        if _effects.setdefault(name, handler) is not handler:
            raise ValueError(f"Two handlers for {name}.")
        if on_failure is not None:
            _on_failure[name] = on_failure
        return handler

    return register


def put(name: str, *arguments: Any, delay: timedelta = timedelta(0)) -> OutboxEntry:
    """Let an effect happen once the running transaction is committed. Raises UnknownEffect for a misspelt name."""
    if name not in _effects:
        raise UnknownEffect(name)
    entry = OutboxEntry.objects.create(
        effect=name,
        arguments=list(arguments),
        language=translation.get_language() or "fi",
        due_at=clock.now() + delay,
    )
    if not delay and not clock.is_fixed():
        transaction.on_commit(partial(wake, current_schema(), entry.pk))
    return entry


def wake(schema: str, pk: UUID) -> None:
    """Tell the workers that an entry waits. A broker that is down is only noted: the sweep finds the entry later."""
    from yhdys.tenancy.tasks import run_outbox_entry  # noqa: PLC0415 - the task calls back into this module

    try:
        # One new connection at once: the process may hold one from before the broker was started again.
        run_outbox_entry.apply_async(
            args=[str(pk)], headers={"schema_name": schema}, retry=True, retry_policy=ONE_NEW_CONNECTION
        )
    except run_outbox_entry.OperationalError as error:
        log.warning("outbox.broker_unreachable", effect_entry=str(pk), error=str(error))


def run(pk: UUID) -> bool:
    """Run one waiting entry of the current region. False when it is gone, done, or in another worker's hands."""
    attempt = _claim(pk)
    if attempt is None:
        return False
    with transaction.atomic():
        mine = OutboxEntry.objects.select_for_update(skip_locked=True)
        entry = mine.filter(pk=pk, state=OutboxEntry.State.WAITING, attempts=attempt).first()
        if entry is None:
            return False
        error = _attempt(entry)
        if error is None:
            log.info("outbox.effect_done", effect=entry.effect, entry=str(entry.pk), attempts=entry.attempts)
            entry.state, entry.done_at, entry.last_error = OutboxEntry.State.DONE, clock.now(), ""
        else:
            _note_failure(entry, error)
        entry.save(update_fields=["state", "done_at", "last_error", "due_at"])
    _count(entry)
    return True


def _count(entry: OutboxEntry) -> None:
    outcome = "tried again" if entry.state == OutboxEntry.State.WAITING else entry.state
    metrics.effects.labels(current_schema(), entry.effect, outcome).inc()


def _claim(pk: UUID) -> int | None:
    """Count the attempt before it is made, in a transaction of its own. None when there is nothing to run.

    So an effect that takes its worker down with it is tried as often as any other, and no more: once again at once,
    since most ends of workers have other causes, then after the same pauses as one that fails.
    """
    with transaction.atomic():
        entry = OutboxEntry.objects.select_for_update(skip_locked=True).due().filter(pk=pk).first()
        if entry is None:
            return None
        if entry.attempts > len(PAUSES):
            _note_failure(entry, WorkerLost("Every worker that tried it ended before it was done."))
            entry.save(update_fields=["state", "last_error", "due_at"])
            _count(entry)
            return None
        entry.attempts += 1
        if entry.attempts > 1:
            entry.due_at = clock.now() + PAUSES[entry.attempts - 2]
        entry.save(update_fields=["attempts", "due_at"])
    return entry.attempts


def _attempt(entry: OutboxEntry) -> Exception | None:
    try:
        handler = _effects.get(entry.effect)
        if handler is None:
            raise FinalFailure(f"No handler for {entry.effect}.")
        # The effect's own changes go when it fails; the entry that tells of the failure stays.
        with transaction.atomic(), translation.override(entry.language):
            handler(*entry.arguments)
    except Exception as error:
        log.warning("outbox.effect_failed", effect=entry.effect, entry=str(entry.pk), error=type(error).__name__)
        return error
    return None


def _note_failure(entry: OutboxEntry, error: Exception) -> None:
    entry.last_error = f"{type(error).__name__}: {error}"[:2000]
    if isinstance(error, FinalFailure) or entry.attempts > len(PAUSES):
        entry.state = OutboxEntry.State.FAILED
        _tell_of_failure(entry)
    else:
        entry.due_at = clock.now() + PAUSES[entry.attempts - 1]


def _tell_of_failure(entry: OutboxEntry) -> None:
    handler = _on_failure.get(entry.effect)
    if handler is None:
        return
    try:
        with transaction.atomic(), translation.override(entry.language):
            handler(*entry.arguments, error=entry.last_error)
    except Exception as error:  # The entry must end as FAILED even so, or it would be tried for ever.
        log.exception("outbox.failure_not_told", effect=entry.effect, entry=str(entry.pk), error=type(error).__name__)


def sweep(limit: int = 200) -> int:
    """Run what is due in the current region. Returns how many entries ran."""
    due = OutboxEntry.objects.due()
    metrics.effects_waiting.labels(current_schema()).set(due.count())
    return sum(run(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))
