"""Who may touch which table. Every grant names its tables: ``ON ALL TABLES`` slows down with the number of regions."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event
from psycopg import sql

from yhdys.tenancy.context import PUBLIC
from yhdys.tenancy.roles import ANY_REGION, ERASER, FRONT, NATIONAL, region_role, role_name

AUDIT_TRAIL = frozenset({"audit_entry", "audit_reading"})
NOT_FOR_REGIONS = frozenset({"django_migrations"})
"""Tables of a region's schema that only the owner touches."""
READ_BY_REGIONS = (
    "django_content_type", "keywords_keyword", "keywords_sector", "places_municipality",
    "places_wellbeingservicescounty", "regions_domain", "regions_region",
)  # fmt: skip
"""Public tables that every region reads."""
PUSHED_BY_REGIONS = ("overview_figure", "overview_publisheditem", "overview_regionprofile")
"""Public tables into which a region pushes rows of its own; row-level security keeps it to its own."""
READ_BY_FRONT = ("regions_domain", "regions_region")
NOT_FOR_NATIONAL = frozenset({"django_migrations", "regions_schematemplate", "auth_permission"})
UPDATED_BY_NATIONAL = frozenset({"regions_region", "regions_domain"})

READ = "SELECT"
ALL = "SELECT, INSERT, UPDATE, DELETE"
APPEND = "SELECT, INSERT"


def append_only() -> frozenset[str]:
    """Tables in which a region adds and reads, never changes or deletes: the audit trail, the past of each table."""
    return frozenset({*AUDIT_TRAIL, *(past._meta.db_table for past in pasts())})


def pasts() -> "list[Any]":
    """The models of what the rows of each table were."""
    return [model for model in apps.get_models() if issubclass(model, Event) and not model._meta.abstract]


def tables_of(connection: BaseDatabaseWrapper, schema: str) -> list[str]:
    """The names of a schema's tables, sorted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        return [name for (name,) in cursor.fetchall()]


def grant_region(connection: BaseDatabaseWrapper, schema: str) -> None:
    """Give a region's role its own schema, and nothing else."""
    role = region_role(connection.settings_dict["NAME"], schema)
    _run(connection, "GRANT USAGE ON SCHEMA {} TO {}", schema, role)
    tables = [name for name in tables_of(connection, schema) if name not in NOT_FOR_REGIONS]
    append_to = append_only()
    _grant(connection, ALL, schema, [name for name in tables if name not in append_to], role)
    _grant(connection, APPEND, schema, [name for name in tables if name in append_to], role)
    _run(connection, "GRANT USAGE ON SCHEMA {} TO {}", schema, role_name(connection.settings_dict["NAME"], ERASER))
    _let_erase(connection, schema, tables)


def grant_public(connection: BaseDatabaseWrapper) -> None:
    """Give the deployment's named roles their parts of the public schema."""
    database = connection.settings_dict["NAME"]
    tables = tables_of(connection, PUBLIC)
    national, any_region = role_name(database, NATIONAL), role_name(database, ANY_REGION)
    append_to = append_only()
    not_own = {*NOT_FOR_NATIONAL, *UPDATED_BY_NATIONAL, *append_to, *PUSHED_BY_REGIONS}
    own = [name for name in tables if name not in not_own]
    _grant(connection, ALL, PUBLIC, own, national)
    _grant(connection, APPEND, PUBLIC, [name for name in tables if name in append_to], national)
    _grant(connection, "SELECT, UPDATE", PUBLIC, [name for name in tables if name in UPDATED_BY_NATIONAL], national)
    _grant(connection, READ, PUBLIC, [name for name in tables if name in READ_BY_REGIONS], any_region)
    _grant(connection, READ, PUBLIC, [name for name in tables if name in READ_BY_FRONT], role_name(database, FRONT))
    _let_erase(connection, PUBLIC, tables)
    for table in (name for name in tables if name in PUSHED_BY_REGIONS):
        _grant(connection, READ, PUBLIC, [table], national)
        _grant(connection, ALL, PUBLIC, [table], any_region)
        _keep_to_own_rows(connection, table, national, any_region, database)


def _let_erase(connection: BaseDatabaseWrapper, schema: str, tables: Iterable[str]) -> None:
    """Let the eraser blank what is personal in the past of tables: it finds rows by their key, and reads no value."""
    eraser = sql.Identifier(role_name(connection.settings_dict["NAME"], ERASER))
    statements = [
        sql.SQL("GRANT SELECT (pgh_id), UPDATE ({}) ON {} TO {}").format(
            sql.SQL(", ").join(map(sql.Identifier, (*past.pgh_personal, "pgh_erased_at"))),
            sql.Identifier(schema, past._meta.db_table),
            eraser,
        )
        for past in pasts()
        if past.pgh_personal and past._meta.db_table in tables
    ]
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("; ").join(statements).as_string(None))


def _keep_to_own_rows(
    connection: BaseDatabaseWrapper, table: str, national: str, any_region: str, database: str
) -> None:
    """Row-level security: a region sees and writes the rows whose ``schema`` is its own; the national site reads all.

    The database compares with the role that is set, so a region cannot name another one.
    """
    _run(connection, "ALTER TABLE public.{} ENABLE ROW LEVEL SECURITY", table)
    _run(connection, "DROP POLICY IF EXISTS own_rows ON public.{}", table)
    _run(connection, "DROP POLICY IF EXISTS national_reads ON public.{}", table)
    _run(connection, "CREATE POLICY national_reads ON public.{} FOR SELECT TO {} USING (true)", table, national)
    prefix = region_role(database, "")
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "CREATE POLICY own_rows ON public.{} TO {} "
                "USING (current_user = {prefix} || schema) WITH CHECK (current_user = {prefix} || schema)"
            )
            .format(sql.Identifier(table), sql.Identifier(any_region), prefix=sql.Literal(prefix))
            .as_string(None)
        )


def _grant(connection: BaseDatabaseWrapper, what: str, schema: str, tables: Iterable[str], role: str) -> None:
    names = [sql.Identifier(schema, table) for table in tables]
    if names:
        statement = sql.SQL("GRANT " + what + " ON {} TO {}").format(sql.SQL(", ").join(names), sql.Identifier(role))
        with connection.cursor() as cursor:
            cursor.execute(statement.as_string(None))


def _run(connection: BaseDatabaseWrapper, statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)).as_string(None))
