"""Asking the database past all of our own code: who am I, and what does it refuse?"""

import json
import os
from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

DENIED = "42501"
DONE = "YH000"
"""What a statement that was let through answers; it is undone at once."""

PROBE = """
DO $probe$
DECLARE statement text; said text; answers text[] := '{{}}';
BEGIN
    FOREACH statement IN ARRAY {statements}::text[] LOOP
        BEGIN
            EXECUTE statement;
            RAISE EXCEPTION USING ERRCODE = {done};
        EXCEPTION WHEN OTHERS THEN
            said := SQLSTATE;
        END;
        answers := answers || said;
    END LOOP;
    RAISE NOTICE '%', array_to_json(answers);
END
$probe$
"""


def here() -> tuple[str, str]:
    """Whose the connection is, by the server's own word: the region of the role, and the schema that comes first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        role, schema = cursor.fetchone()
    return role.partition("_t_")[2], schema


def owner() -> psycopg.Connection:
    """The owner's connection, which sees everything. Close it."""
    return psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True)


def become(login: psycopg.Connection, role: str | None) -> None:
    """Let the web's own login be one of the roles it may become, or itself."""
    login.execute("RESET ROLE" if role is None else sql.SQL("SET ROLE {}").format(sql.Identifier(role)))


def probe[K](login: psycopg.Connection, statements: Mapping[K, sql.Composable | str]) -> dict[K, str]:
    """Try each statement as the role that is set. Answers SQLSTATEs, ``DONE`` for what went through and was undone."""
    told: list[str] = []

    def hear(diagnostic: psycopg.errors.Diagnostic) -> None:
        told.append(diagnostic.message_primary or "")

    texts = [one if isinstance(one, str) else one.as_string(login) for one in statements.values()]
    login.add_notice_handler(hear)
    try:
        login.execute(sql.SQL(PROBE).format(statements=sql.Literal(texts), done=sql.Literal(DONE)))
    finally:
        login.remove_notice_handler(hear)
    answers: list[str] = json.loads(told[-1])
    return dict(zip(statements, answers, strict=True))


def answer(login: psycopg.Connection, statement: sql.Composable | str) -> str:
    """The same for one statement."""
    [said] = probe(login, {0: statement}).values()
    return said


def tables(cursor: psycopg.Connection, schema: str) -> dict[str, str]:
    """Every table of a schema with a column that may be written."""
    found = cursor.execute(
        "SELECT c.relname, min(a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') "
        "AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND a.attgenerated = '' GROUP BY 1",
        [schema],
    )
    return dict(found.fetchall())


def column(cursor: psycopg.Connection, query: str, *arguments: Any) -> list[Any]:
    """The first column of an answer."""
    return [row[0] for row in cursor.execute(query, arguments).fetchall()]
