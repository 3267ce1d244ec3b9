"""Celery tasks that know whose they are."""

from typing import Any
from uuid import UUID

import structlog
from celery import Task, shared_task

from yhdys.core.errors import YhdysError
from yhdys.tenancy import outbox
from yhdys.tenancy.context import PUBLIC, Scope, current_scope, in_scope, scope_of
from yhdys.tenancy.hosting import schemas_at_work

log = structlog.get_logger(__name__)


class TaskWithoutRegion(YhdysError):
    """A message that names no region, or none that exists. It is refused, never run on the public schema."""


class RegionTask(Task[Any, Any]):
    """Base of every task. The message's ``schema_name`` header says whose work it is.

    Inside a scope, ``delay`` and ``apply_async`` add the header themselves.
    """

    abstract = True
    acks_late = True
    reject_on_worker_lost = True
    ignore_result = True

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:  # type: ignore[override]  # as is
        """Send the message with the region of the running code. Raises TaskWithoutRegion when there is none."""
        headers = dict(options.pop("headers", None) or {})
        if "schema_name" not in headers:
            scope = current_scope()
            if scope is None:
                raise TaskWithoutRegion(f"{self.name} was sent outside every region.")
            headers["schema_name"] = scope.schema
        return super().apply_async(args, kwargs, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run in the region of the message. Raises TaskWithoutRegion when it names none that is at work."""
        schema = (self.request.headers or {}).get("schema_name") or getattr(self.request, "schema_name", None)
        with in_scope(self._scope(schema)):
            return super().__call__(*args, **kwargs)

    def _scope(self, schema: Any) -> Scope:
        if not isinstance(schema, str) or not schema:
            raise TaskWithoutRegion(f"{self.name} came without a region.")
        if schema != PUBLIC and schema not in schemas_at_work():
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


@shared_task(name="tenancy.fan_out")
def fan_out(task_name: str, with_national: bool = True) -> None:
    """Beat's own task: send ``task_name`` once for every region at work."""
    from celery import current_app  # noqa: PLC0415 - the app is not configured when this module is read

    for schema in [*schemas_at_work(), *([PUBLIC] if with_national else [])]:
        current_app.send_task(task_name, headers={"schema_name": schema})
