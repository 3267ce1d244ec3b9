"""The database itself refuses: asked with raw SQL, past all of our own code."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from yhdys.tenancy import grants
from yhdys.tenancy.roles import FRONT, NATIONAL, region_role, role_name

DENIED = "42501"
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE")


@pytest.fixture
def login(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The web's own connection, without Django."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        yield connection


def columns(schema: str) -> dict[str, str]:
    """Every table of a schema with one of its columns."""
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"]) as owner:
        cursor = owner.execute(
            "SELECT table_name, min(column_name) FROM information_schema.columns c JOIN pg_tables t "
            "ON t.schemaname = c.table_schema AND t.tablename = c.table_name WHERE table_schema = %s GROUP BY 1",
            [schema],
        )
        return dict(cursor.fetchall())


def statement(verb: str, schema: str, table: str, column: str) -> sql.Composed:
    template = {
        "SELECT": "SELECT {column} FROM {table} LIMIT 1",
        "INSERT": "INSERT INTO {table} DEFAULT VALUES",
        "UPDATE": "UPDATE {table} SET {column} = {column} WHERE false",
        "DELETE": "DELETE FROM {table} WHERE false",
    }[verb]
    return sql.SQL(template).format(table=sql.Identifier(schema, table), column=sql.Identifier(column))


def sqlstate(connection: psycopg.Connection, query: sql.Composed) -> str | None:
    """What the server answers; whatever worked is undone."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(query)
    except psycopg.Error as error:
        return error.sqlstate
    return None


def become(connection: psycopg.Connection, role: str) -> None:
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))


@pytest.mark.parametrize("other", ["login", "lappi", FRONT, NATIONAL])
def test_nobody_else_touches_a_table_of_kainuu(login: psycopg.Connection, other: str) -> None:
    database = login.info.dbname
    if other == "lappi":
        become(login, region_role(database, "lappi"))
    elif other != "login":
        become(login, role_name(database, other))
    tables = columns("kainuu")
    assert len(tables) > 10
    answers = {
        (table, verb): sqlstate(login, statement(verb, "kainuu", table, column))
        for table, column in tables.items()
        for verb in VERBS
    }
    assert set(answers.values()) == {DENIED}, [key for key, state in answers.items() if state != DENIED]


def test_kainuu_itself_uses_its_tables_but_never_changes_the_audit_trail_or_the_past(login: psycopg.Connection) -> None:
    become(login, region_role(login.info.dbname, "kainuu"))
    append_only = grants.append_only()
    assert {"audit_entry", "organisations_organisationpast", "accounts_userpast"} < append_only
    for table, column in columns("kainuu").items():
        for verb in VERBS:
            state = sqlstate(login, statement(verb, "kainuu", table, column))
            refused = table in grants.NOT_FOR_REGIONS or (table in append_only and verb in ("UPDATE", "DELETE"))
            assert (state == DENIED) == refused, (table, verb, state)


def test_a_region_only_reads_the_listed_public_tables(login: psycopg.Connection) -> None:
    become(login, region_role(login.info.dbname, "kainuu"))
    for table, column in columns("public").items():
        if table in grants.PUSHED_BY_REGIONS:
            continue  # Row-level security decides by row: tests/overview.
        for verb in VERBS:
            state = sqlstate(login, statement(verb, "public", table, column))
            may = table in grants.READ_BY_REGIONS and verb == "SELECT"
            assert (state != DENIED) == may, (table, verb, state)


@pytest.mark.parametrize("role", ["login", "kainuu", FRONT, NATIONAL])
def test_nobody_but_the_owner_makes_or_drops_anything(login: psycopg.Connection, role: str) -> None:
    if role == "kainuu":
        become(login, region_role(login.info.dbname, "kainuu"))
    elif role != "login":
        become(login, role_name(login.info.dbname, role))
    for attempt in (
        "CREATE SCHEMA extra",
        "CREATE TABLE public.extra (id int)",
        "CREATE TABLE kainuu.extra (id int)",
        "DROP TABLE kainuu.audit_entry",
        "TRUNCATE kainuu.audit_entry",
        "CREATE ROLE extra",
        "CREATE TEMPORARY TABLE extra (id int)",
    ):
        assert sqlstate(login, sql.SQL(attempt).format()) == DENIED, attempt


def test_a_role_cannot_be_changed_into_another_behind_the_back(login: psycopg.Connection) -> None:
    database = login.info.dbname
    assert sqlstate(login, sql.SQL("SET ROLE {}").format(sql.Identifier(role_name(database, "owner")))) == DENIED
    assert sqlstate(login, sql.SQL("SET ROLE {}").format(sql.Identifier(role_name(database, "any_region")))) == DENIED


def test_no_table_outside_the_decided_ones_is_in_both_schemas() -> None:
    both = set(columns("kainuu")) & set(columns("public"))
    prefixes = ("account_", "accounts_", "audit_", "django_migrations", "django_session", "mail_", "mfa_", "privacy_",
                "socialaccount_", "tenancy_")  # fmt: skip
    assert {table for table in both if not table.startswith(prefixes)} == set()
