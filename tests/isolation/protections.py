"""Each protection of a region, and how it is taken away: the tests that are meant to notice must then fall."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import signing as plain_signing
from django.db import connection
from psycopg import sql
from psycopg.pq.abc import PGconn
from tests.isolation.asking import owner

from yhdys.accounts import locks
from yhdys.accounts.models import users as accounts
from yhdys.core import clock
from yhdys.tenancy import cache, context, links, middleware, revisions, signing, storage, tasks
from yhdys.tenancy.backend import base as backend
from yhdys.tenancy.backend import cursors
from yhdys.tenancy.backend.base import DatabaseWrapper
from yhdys.tenancy.models import ActionLink, RegionalModel, RegionalQuerySet
from yhdys.tenancy.roles import ANY_REGION, role_name
from yhdys.web.account import second_factor_forms
from yhdys.web.kept import asked, store

type Taking = Callable[[pytest.MonkeyPatch], AbstractContextManager[None]]

PROTECTIONS: dict[str, Taking] = {}
SHARED = "shared"
"""What stands in a schema's place where all regions are one."""


def protection(name: str) -> Callable[[Callable[[pytest.MonkeyPatch], Iterator[None]]], Taking]:
    """Register how ``name`` is taken away, from the end of a test's setup to the end of the test."""

    def register(taking: Callable[[pytest.MonkeyPatch], Iterator[None]]) -> Taking:
        PROTECTIONS[name] = contextmanager(taking)
        return PROTECTIONS[name]

    return register


# --- The database and the connection ---------------------------------------------------------------------------------


@protection("grants")
def _grants(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every region may read one table of Kainuu."""
    with owner() as connection:
        role, table = role_name(connection.info.dbname, ANY_REGION), "kainuu.site_regionsettings"
        connection.execute(f"GRANT USAGE ON SCHEMA kainuu TO {role}")
        connection.execute(f"GRANT SELECT ON {table} TO {role}")
        try:
            yield
        finally:
            connection.execute(f"REVOKE ALL ON {table} FROM {role}")
            connection.execute(f"REVOKE ALL ON SCHEMA kainuu FROM {role}")


@protection("powerless login")
def _login(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The web's login may itself read one table of Kainuu."""
    with owner() as connection:
        role, table = role_name(connection.info.dbname, "login"), "kainuu.site_regionsettings"
        connection.execute(f"GRANT USAGE ON SCHEMA kainuu TO {role}")
        connection.execute(f"GRANT SELECT ON {table} TO {role}")
        try:
            yield
        finally:
            connection.execute(f"REVOKE ALL ON {table} FROM {role}")
            connection.execute(f"REVOKE ALL ON SCHEMA kainuu FROM {role}")


@protection("row-level security")
def _rows(patch: pytest.MonkeyPatch) -> Iterator[None]:
    with owner() as connection:
        connection.execute("SET lock_timeout = '5s'")
        connection.execute("ALTER TABLE public.overview_regionprofile DISABLE ROW LEVEL SECURITY")
        try:
            yield
        finally:
            connection.execute("ALTER TABLE public.overview_regionprofile ENABLE ROW LEVEL SECURITY")


@protection("append-only trail")
def _trail(patch: pytest.MonkeyPatch) -> Iterator[None]:
    with owner() as connection:
        role = role_name(connection.info.dbname, "t_kainuu")
        connection.execute(f"GRANT DELETE ON kainuu.audit_entry TO {role}")
        try:
            yield
        finally:
            connection.execute(f"REVOKE DELETE ON kainuu.audit_entry FROM {role}")


def _only(statement: str, name: Callable[[context.Scope, str], sql.Composable]) -> Callable[..., bytes]:
    return lambda scope, database: sql.SQL(statement).format(name(scope, database)).as_bytes(None)


@protection("role switch")
def _role(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the path follows the region."""
    path = _only("SET search_path TO {};\n", lambda scope, _: sql.SQL(", ").join(map(sql.Identifier, scope.path)))
    patch.setattr(cursors, "switch", path)
    yield


@protection("search path")
def _path(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the role follows the region."""
    role = _only("SET ROLE {};\n", lambda scope, database: sql.Identifier(scope.role_in(database)))
    patch.setattr(cursors, "switch", role)
    yield


@protection("only the server's word")
def _word(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whose a connection is, is remembered on our side, as others do."""
    known: dict[int, context.Scope] = {}

    def way_home(connection: PGconn, database: str) -> bytes:
        scope = context.require_scope()
        if known.get(id(connection)) == scope:
            return b""
        known[id(connection)] = scope
        return cursors.switch(scope, database)

    patch.setattr(cursors, "way_home", way_home)
    yield


@protection("a failed switch raises")
def _failed(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The statement runs all the same, as whoever was there before."""
    way_home = cursors.way_home

    def forgiving(connection: PGconn, database: str) -> bytes:
        if way := way_home(connection, database):
            connection.exec_(way)  # and nobody looks at the answer
        return b""

    patch.setattr(cursors, "way_home", forgiving)
    yield


@protection("looking at each statement")
def _statement(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only opening a cursor looks whose it is."""
    create, way_home = DatabaseWrapper.create_cursor, cursors.way_home

    def opened(self: DatabaseWrapper, name: str | None = None) -> Any:
        if way := way_home(self.connection.pgconn, self.settings_dict["NAME"]):
            self.connection.execute(way)
        return create(self, name)

    patch.setattr(DatabaseWrapper, "create_cursor", opened)
    patch.setattr(cursors, "way_home", lambda connection, database: b"")
    yield


@protection("no scope, no statement")
def _scope(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Who names nobody is served from the public schema."""
    for module in (backend, cursors):
        patch.setattr(module, "require_scope", lambda: context.current_scope() or context.NATIONAL)
    yield


@protection("a scope for each thread")
def _thread(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The region is a variable of the process."""

    class Global:
        def __init__(self) -> None:
            self.value: context.Scope | None = None

        def get(self) -> context.Scope | None:
            return self.value

        def set(self, value: context.Scope | None) -> context.Scope | None:
            before, self.value = self.value, value
            return before

        reset = set

    patch.setattr(context, "_scope", Global())
    yield


@protection("the library's switches refused")
def _library(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.delattr(DatabaseWrapper, "set_tenant")
    yield
    # The library's contexts later give to the owner's connection what they find on this one.
    connection.set_schema_to_public()


@protection("after a commit, at home")
def _commit(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """What runs after a commit runs wherever the transaction ends."""
    patch.delattr(DatabaseWrapper, "on_commit")
    yield


@protection("scopes that cross are noticed")
def _crossing(patch: pytest.MonkeyPatch) -> Iterator[None]:
    @contextmanager
    def in_scope(scope: context.Scope) -> Iterator[None]:
        token = context._scope.set(scope)
        try:
            yield
        finally:
            context._scope.reset(token)

    patch.setattr(context, "in_scope", in_scope)
    yield


# --- Records and queries ---------------------------------------------------------------------------------------------


@protection("instance binding")
def _instance(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(RegionalModel, "check_region", lambda self: None)
    yield


@protection("QuerySet binding")
def _query(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.delattr(RegionalQuerySet, "db")
    yield


@protection("rows fetched bit by bit")
def _bit_by_bit(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.delattr(RegionalQuerySet, "_iterator")
    patch.delattr(RegionalQuerySet, "aiterator")
    yield


@protection("relations within a region")
def _relations(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(RegionalModel, "check_same_region", lambda self, other: None)
    yield


# --- What carries the region besides the database --------------------------------------------------------------------


@protection("cache key")
def _cache(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(cache, "current_schema", lambda: SHARED)
    yield


@protection("folder of files")
def _files(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(storage, "current_schema", lambda: SHARED)
    yield


@protection("salt of signed values")
def _salt(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(signing, "current_schema", lambda: SHARED)
    yield


@protection("link rows")
def _links(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A link is a signed value with the record's key in it, as libraries make them."""

    def issue(*, purpose: str, target: RegionalModel, expires_at: Any) -> str:
        return plain_signing.dumps([purpose, str(target.pk)])

    def resolve(token: str, purpose: str) -> ActionLink | None:
        with suppress(plain_signing.BadSignature):
            signed, pk = plain_signing.loads(token)
            if signed == purpose:
                return ActionLink(purpose=purpose, target_id=pk, expires_at=clock.now() + timedelta(days=1))
        return None

    patch.setattr(links, "issue", issue)
    patch.setattr(links, "resolve", resolve)
    yield


@protection("task header check")
def _header(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A message without a region is work for the public schema."""
    patch.setattr(tasks.RegionTask, "_scope", lambda self, schema: context.scope_of(schema or context.PUBLIC))
    yield


@protection("task header sent")
def _sent(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(tasks, "current_scope", lambda: context.NATIONAL)
    yield


@protection("streamed bodies")
def _streams(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(middleware, "_within", lambda scope, parts: parts)
    patch.setattr(middleware, "_within_async", lambda scope, parts: parts)
    yield


# --- Visitors and users ----------------------------------------------------------------------------------------------


@protection("session hash")
def _hash(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session names its user, but not the region."""
    patch.setattr(accounts, "current_schema", lambda: SHARED)
    yield


@protection("sessions in each schema")
def _sessions(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a session holds stands in the cookie, signed for all regions alike."""
    patch.setattr(settings, "SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies")
    yield


@protection("host-only cookies")
def _cookies(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """One cookie for all hosts below the domain."""
    patch.setattr(settings, "SESSION_COOKIE_DOMAIN", settings.YHDYS_DOMAIN)
    patch.setattr(settings, "CSRF_COOKIE_DOMAIN", settings.YHDYS_DOMAIN)
    yield


@protection("origin of forms")
def _origin(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forms may come from any of our hosts."""
    patch.setattr(settings, "CSRF_TRUSTED_ORIGINS", [f"http://*.{settings.YHDYS_DOMAIN}"])
    yield


@protection("origin of passkeys")
def _passkeys(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.delattr(second_factor_forms.FromThisSite, "clean_credential")
    yield


@protection("locks of second factors")
def _locks(patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(locks, "current_schema", lambda: SHARED)
    yield


@protection("key of kept pages")
def _kept(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page lies under its path alone: without region, host, or the word for what the region's tables hold."""
    for module in (store, revisions):
        patch.setattr(module, "current_schema", lambda: SHARED)
    patch.setattr(asked.Asked, "name", property(lambda self: f"{self.query} {self.path}"))
    yield
