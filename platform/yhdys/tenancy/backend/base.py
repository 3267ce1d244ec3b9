"""The database backend: every statement runs as the role, and along the path, of the scope it was made in.

``SET ROLE`` and ``SET search_path`` always travel together in one message, and only when the server's own word differs
from what is wanted. Nothing is remembered on our side: a rollback, an error swallowed inside a transaction or a
connection taken from the pool may have changed the truth, and only the server knows it. PostgreSQL 18 and newer report
``search_path`` with every change, so asking costs no round trip.
"""

from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import NotSupportedError
from django_tenants.postgresql_backend import base
from psycopg import sql

from yhdys.tenancy.context import LibraryTenancyRefused, Scope, require_scope


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

    def _cursor(self, name: str | None = None) -> Any:
        scope = require_scope()
        self.ensure_connection()
        with self.wrap_database_errors:
            self._enter(scope)
        # Past the library's own _cursor, whose switch swallows errors.
        return super(base.DatabaseWrapper, self)._cursor(name)

    def _enter(self, scope: Scope) -> None:
        reported = self.connection.info.parameter_status("search_path")
        if reported == scope.reported_path:
            return
        if reported is None:
            raise NotSupportedError("PostgreSQL 18 or newer is needed: older servers do not report search_path.")
        self.connection.execute(_switch(scope, self.settings_dict["NAME"]))


@lru_cache(maxsize=4096)
def _switch(scope: Scope, database: str) -> bytes:
    """The one message that makes a connection the scope's."""
    role, path = sql.Identifier(scope.role_in(database)), sql.SQL(", ").join(map(sql.Identifier, scope.path))
    return sql.SQL("SET ROLE {}; SET search_path TO {}").format(role, path).as_bytes(None)
