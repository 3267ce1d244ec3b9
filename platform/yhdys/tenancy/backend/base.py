"""The database backend: every statement runs as the role, and along the path, of the scope it is sent in.

``SET ROLE`` and ``SET search_path`` always travel together in one message, and only when the server's own word differs
from what is wanted. Nothing is remembered on our side: a rollback, an error swallowed inside a transaction or a
connection taken from the pool may have changed the truth, and only the server knows it. PostgreSQL 18 and newer report
``search_path`` with every change, so asking costs no round trip. What sends them stands in ``cursors``.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django_tenants.postgresql_backend import base
from psycopg.postgres import types
from psycopg.pq import Format, TransactionStatus

from yhdys.tenancy.backend.cursors import HomeCursor, HomeServerSideCursor
from yhdys.tenancy.context import LibraryTenancyRefused, Scope, current_scope, in_scope, require_scope
from yhdys.tenancy.revisions import revisions

HIDING = ("assume_role", "server_side_binding")
"""Options that cannot be had: the role is the region's, and a message of one statement has no room for its switch."""
TIMESTAMPTZ = types["timestamptz"].oid
IN_TRANSACTION = TransactionStatus.INTRANS


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]  # the library has no types
    """PostgreSQL with the region's role and search path under every statement."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        if refused := [option for option in HIDING if settings_dict["OPTIONS"].get(option)]:
            raise ImproperlyConfigured(f"{', '.join(refused)}: would take away from each statement whose it is.")
        self._changed: dict[Scope, set[str]] = {}
        """What the running transaction has changed, by the scope it was changed in."""

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Refuse: the region is the running code's (``in_region``), never a connection's."""
        if hasattr(tenant, "schema_name") and tenant.schema_name == "public":
            self.tenant, self.schema_name = tenant, tenant.schema_name  # what the library sets up by itself
            return
        raise LibraryTenancyRefused("Use yhdys.tenancy.context.in_region.")

    def check_constraints(self, table_names: Any = None) -> None:
        """Check what was deferred. No table is named, so any transaction may end with this in any scope."""
        self.ensure_connection()
        with self.wrap_database_errors:
            self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @property
    def pg_version(self) -> int:
        """The server's version as it told when we connected: no query, so in nobody's name."""
        self.ensure_connection()
        version: int = self.connection.info.server_version
        return version

    def on_commit(self, func: Callable[[], object], robust: bool = False) -> None:
        """Run ``func`` after the commit in the scope in which it was asked for, wherever the transaction ends."""
        scope = current_scope()
        super().on_commit(func if scope is None else partial(_run_in, scope, func), robust)

    def create_cursor(self, name: str | None = None) -> HomeCursor | HomeServerSideCursor:
        database = self.settings_dict["NAME"]
        cursor = (
            HomeServerSideCursor(
                self.connection, database, name=name, scrollable=False, withhold=self.connection.autocommit
            )
            if name
            else HomeCursor(self.connection, database, self.changing)
        )
        # As Django does: a cursor learns the time zone only when its connection does not know it.
        if self.timezone != self.connection.adapters.get_loader(TIMESTAMPTZ, Format.TEXT).timezone:
            register_tzloader(self.timezone, cursor)
        return cursor

    def changing(self, scope: Scope, changed: Collection[str]) -> AbstractContextManager[None] | None:
        """What a changing statement runs in: None within a transaction, whose commit tells of it."""
        if self.autocommit:
            return revisions.committing(changed, partial(_owe, {scope: changed}))
        self._changed.setdefault(scope, set()).update(changed)
        return None

    def _commit(self) -> None:
        changed, self._changed = self._changed, {}
        if not changed or self.connection is None or self.connection.info.transaction_status != IN_TRANSACTION:
            super()._commit()  # Nothing was changed, or nothing will be: a failed transaction is rolled back.
            return
        with revisions.committing(set().union(*changed.values()), partial(_owe, changed)):
            super()._commit()

    def _rollback(self) -> None:
        self._changed = {}
        super()._rollback()

    def close(self) -> None:
        """Close; what was not committed was no change."""
        self._changed = {}
        super().close()

    def _cursor(self, name: str | None = None) -> Any:
        require_scope()
        # Past the library's own _cursor, whose switch swallows errors.
        return super(base.DatabaseWrapper, self)._cursor(name)

    def _savepoint_rollback(self, sid: str) -> None:
        """Go back in nobody's name: in a transaction that has failed no role can be set before."""
        with self.wrap_database_errors:
            self.connection.execute(self.ops.savepoint_rollback_sql(sid))


def _owe(changed: Mapping[Scope, Collection[str]]) -> None:
    """Nobody could be told that this is changing: let the outbox tell it, in the very same transaction."""
    from yhdys.tenancy.tasks import owe_new_revisions  # noqa: PLC0415 - models are not ready when the backend is loaded

    for scope, names in changed.items():
        with in_scope(scope):
            owe_new_revisions(*sorted(names))


def _run_in(scope: Scope, func: Callable[[], object]) -> None:
    with in_scope(scope):
        func()
