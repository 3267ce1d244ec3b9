"""Celery tasks that know whose they are."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import redis
import structlog
from celery import Task, current_app, shared_task

from yhdys.core.errors import YhdysError
from yhdys.tenancy import outbox
from yhdys.tenancy.context import PUBLIC, Scope, current_scope, in_scope, require_scope, scope_of
from yhdys.tenancy.hosting import is_at_work, schemas_at_work
from yhdys.tenancy.revisions import revisions

if TYPE_CHECKING:
    from celery.result import AsyncResult

SCHEMA = "schema_name"
"""The header of a message that says whose work it is."""
A_MOMENT = timedelta(seconds=1)
REQUEST = "request_id"
"""The header that ties a task's log lines to those of the request that caused it."""

log = structlog.get_logger(__name__)


class TaskWithoutRegion(YhdysError):
    """A message that names no region, or none that is at work. It is refused, never run on the public schema."""


class RegionTask(Task[..., Any]):
    """Base of every task. The message's ``schema_name`` header says whose work it is.

    Inside a scope, ``delay`` and ``apply_async`` add the header themselves.
    """

    abstract = True
    acks_late = True
    reject_on_worker_lost = True
    ignore_result = True

    def apply_async(
        self, args: Any = None, kwargs: Any = None, *rest: Any, headers: Mapping[str, str] | None = None, **options: Any
    ) -> "AsyncResult[Any]":
        """Send the message with the region of the running code. Raises TaskWithoutRegion when there is none."""
        sent = dict(headers or {})
        if SCHEMA not in sent:
            scope = current_scope()
            if scope is None:
                raise TaskWithoutRegion(f"{self.name} was sent outside every region.")
            sent[SCHEMA] = scope.schema
        if request := structlog.contextvars.get_contextvars().get(REQUEST):
            sent.setdefault(REQUEST, request)
        return super().apply_async(args, kwargs, *rest, headers=sent, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run in the region of the message. Raises TaskWithoutRegion when it names none that is at work.

        Called as a plain function, outside a worker, it runs in the scope of the running code.
        """
        if self.request.called_directly:
            require_scope()
            return self.run(*args, **kwargs)
        headers = self.request.headers or {}
        known = {REQUEST: headers[REQUEST]} if REQUEST in headers else {}
        with (
            structlog.contextvars.bound_contextvars(task=self.name, task_id=self.request.id, **known),
            in_scope(self._scope(headers.get(SCHEMA))),
        ):
            return self.run(*args, **kwargs)

    def _scope(self, schema: Any) -> Scope:
        if not isinstance(schema, str) or not schema:
            log.error("task.refused", task=self.name, reason="no region")
            raise TaskWithoutRegion(f"{self.name} came without a region.")
        if schema != PUBLIC and not is_at_work(schema):
            log.error("task.refused", task=self.name, reason="no region at work", schema=schema)
            raise TaskWithoutRegion(f"{self.name} came for {schema!r}, which is no region at work.")
        return scope_of(schema)


@shared_task(base=RegionTask, name="tenancy.run_outbox_entry")
def run_outbox_entry(pk: str) -> None:
    """Run one effect right after its transaction."""
    outbox.run(UUID(pk))


@shared_task(base=RegionTask, name="tenancy.sweep_outbox")
def sweep_outbox() -> None:
    """Run what was left: effects whose message was lost, and those to be tried again."""
    outbox.sweep()


@outbox.effect("tenancy.new_revisions")
def new_revisions(*names: str) -> None:
    """Tell that schemas have changed, where the cache server could not be told with the commit; until it listens."""
    try:
        revisions.move(*names)
    except redis.RedisError:
        owe_new_revisions(*names)


def owe_new_revisions(*names: str) -> None:
    """Let ``new_revisions`` be told by the next sweep after the running transaction."""
    outbox.put("tenancy.new_revisions", *names, delay=A_MOMENT)


@shared_task(base=Task, name="tenancy.fan_out", ignore_result=True)
def fan_out(task_name: str, with_national: bool = True, expires: float | None = None) -> None:
    """Beat's own task, of no region: send ``task_name`` once for every region at work.

    A message that no worker took within ``expires`` seconds is dropped: the next round sends it again.
    """
    with current_app.connection_for_write() as connection, current_app.amqp.Producer(connection) as producer:
        for schema in [*schemas_at_work(), *([PUBLIC] if with_national else [])]:
            current_app.send_task(task_name, headers={SCHEMA: schema}, producer=producer, expires=expires)
