"""The database backend: every statement runs as the role, and along the path, of the scope it is sent in.

``SET ROLE`` and ``SET search_path`` always travel together in one message, and only when the server's own word differs
from what is wanted. Nothing is remembered on our side: a rollback, an error swallowed inside a transaction or a
connection taken from the pool may have changed the truth, and only the server knows it. PostgreSQL 18 and newer report
``search_path`` with every change, so asking costs no round trip.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql.base import CursorDebugWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import NotSupportedError
from django_tenants.postgresql_backend import base
from psycopg import sql

from yhdys.tenancy.context import LibraryTenancyRefused, Scope, current_scope, in_scope, require_scope


class _AtHome:
    """What a cursor does before each statement, for it may have been opened in another scope than it is used in."""

    db: "DatabaseWrapper"

    def _execute(self, *statement: Any) -> Any:
        self.db.enter()
        return super()._execute(*statement)  # type: ignore[misc]  # Django's wrapper stands behind

    def _executemany(self, *statement: Any) -> Any:
        self.db.enter()
        return super()._executemany(*statement)  # type: ignore[misc]

    def callproc(self, *call: Any) -> Any:
        self.db.enter()
        return super().callproc(*call)  # type: ignore[misc]

    def copy(self, *statement: Any) -> Any:
        self.db.enter()
        return self.cursor.copy(*statement)  # type: ignore[attr-defined]


class HomeCursor(_AtHome, CursorWrapper):
    """A cursor whose statements run in the scope of the code that sends them."""


class HomeDebugCursor(_AtHome, CursorDebugWrapper):
    """The same, with a log of the statements."""


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]  # the library has no types
    """PostgreSQL with the region's role and search path on every cursor."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        if settings_dict["OPTIONS"].get("assume_role"):
            raise ImproperlyConfigured("The role is the region's; assume_role would hide whose it is.")

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

    def make_cursor(self, cursor: Any) -> HomeCursor:
        return HomeCursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> HomeDebugCursor:
        return HomeDebugCursor(cursor, self)

    def _cursor(self, name: str | None = None) -> Any:
        require_scope()
        # Past the library's own _cursor, whose switch swallows errors.
        return super(base.DatabaseWrapper, self)._cursor(name)

    def _savepoint_rollback(self, sid: str) -> None:
        """Go back in nobody's name: in a transaction that has failed no role can be set before."""
        with self.wrap_database_errors:
            self.connection.execute(self.ops.savepoint_rollback_sql(sid))

    def enter(self) -> None:
        """Make the connection the running code's. Raises NoScope outside every scope."""
        scope = require_scope()
        with self.wrap_database_errors:
            self._enter(scope)

    def _enter(self, scope: Scope) -> None:
        reported = self.connection.info.parameter_status("search_path")
        if reported == scope.reported_path:
            return
        if reported is None:
            raise NotSupportedError("PostgreSQL 18 or newer is needed: older servers do not report search_path.")
        self.connection.execute(_switch(scope, self.settings_dict["NAME"]))


def _run_in(scope: Scope, func: Callable[[], object]) -> None:
    with in_scope(scope):
        func()


@lru_cache(maxsize=4096)
def _switch(scope: Scope, database: str) -> bytes:
    """The one message that makes a connection the scope's."""
    role, path = sql.Identifier(scope.role_in(database)), sql.SQL(", ").join(map(sql.Identifier, scope.path))
    return sql.SQL("SET ROLE {}; SET search_path TO {}").format(role, path).as_bytes(None)
