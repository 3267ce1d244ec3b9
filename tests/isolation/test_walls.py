"""The database itself refuses: asked with raw SQL, past all of our own code.

Every role that the web's login may become tries every verb on every table of every schema.
"""

import os

import psycopg
import pytest
from psycopg import sql
from tests.isolation.asking import DENIED, DONE, answer, become, column, owner, probe, tables

from yhdys.overview.models import RegionProfile
from yhdys.tenancy import grants
from yhdys.tenancy.context import PUBLIC
from yhdys.tenancy.provisioning import TEMPLATE
from yhdys.tenancy.roles import ANY_REGION, ERASER, FRONT, LOGIN, NAMED_ROLES, NATIONAL, OWNER, region_role, role_name

SELECT, INSERT, UPDATE, DELETE, TRUNCATE = VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
FOUR = {SELECT, INSERT, UPDATE, DELETE}

type Rights = dict[str, set[str]]
"""Which verbs are let through, by table."""


def statement(verb: str, schema: str, table: str, name: str) -> sql.Composed:
    template = {
        SELECT: "SELECT 1 FROM {table} LIMIT 1",
        INSERT: "INSERT INTO {table} DEFAULT VALUES",
        UPDATE: "UPDATE {table} SET {column} = {column} WHERE false",
        DELETE: "DELETE FROM {table} WHERE false",
        TRUNCATE: "TRUNCATE {table}",
    }[verb]
    return sql.SQL(template).format(table=sql.Identifier(schema, table), column=sql.Identifier(name))


def schemas() -> list[str]:
    """Every schema of the deployment: the regions', the template, the spares and the public one."""
    with owner() as connection:
        query = (
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1"
        )
        return column(connection, query)


def becomable(login: psycopg.Connection) -> list[str]:
    """Every role that the login may become, by the catalogue."""
    query = (
        "SELECT pg_get_userbyid(roleid) FROM pg_auth_members WHERE set_option AND member = session_user::regrole "
        "ORDER BY 1"
    )
    return column(login, query)


def rights(login: psycopg.Connection, schema: str) -> Rights:
    """What the role that is set may do in a schema: each verb is tried on each table, and undone."""
    with owner() as connection:
        found = tables(connection, schema)
    tried = {(table, verb): statement(verb, schema, table, name) for table, name in found.items() for verb in VERBS}
    through: Rights = {}
    for (table, verb), said in probe(login, tried).items():
        if said != DENIED:
            through.setdefault(table, set()).add(verb)
    return through


def decided(role: str | None, schema: str, database: str, names: set[str]) -> Rights:
    """What the role should be able to do in a schema with these tables."""
    append_only = grants.append_only()
    if role == region_role(database, schema):
        return {t: {SELECT, INSERT} if t in append_only else FOUR for t in names - grants.NOT_FOR_REGIONS}
    if role == role_name(database, ERASER) and schema != TEMPLATE:
        # It counts rows by their keys; which columns it blanks, and that it reads no other: tests/audit.
        blanked = {past._meta.db_table for past in grants.pasts() if past.pgh_personal}
        return {table: {SELECT} for table in blanked & names}
    if schema != PUBLIC or role in (None, role_name(database, ERASER)):
        return {}
    if role == role_name(database, FRONT):
        return {table: {SELECT} for table in grants.READ_BY_FRONT}
    if role == role_name(database, NATIONAL):
        partly = {table: {SELECT, UPDATE} for table in grants.UPDATED_BY_NATIONAL}
        partly |= {table: {SELECT} for table in grants.PUSHED_BY_REGIONS}
        return {t: {SELECT, INSERT} if t in append_only else FOUR for t in names - grants.NOT_FOR_NATIONAL} | partly
    # A row that names no region, such as one of nothing but defaults, is refused row by row.
    pushed = {table: FOUR - {INSERT} for table in grants.PUSHED_BY_REGIONS}
    return {table: {SELECT} for table in grants.READ_BY_REGIONS} | pushed


def test_the_login_may_become_each_region_and_the_named_roles_and_nobody_else(login: psycopg.Connection) -> None:
    regions = [region_role(login.info.dbname, schema) for schema in schemas() if schema not in (PUBLIC, TEMPLATE)]
    named = [role_name(login.info.dbname, name) for name in NAMED_ROLES]
    assert sorted(becomable(login)) == sorted([*regions, *named])
    assert len(regions) >= 3, "two regions and a spare"
    for other in (OWNER, ANY_REGION):
        assert (
            answer(login, sql.SQL("SET ROLE {}").format(sql.Identifier(role_name(login.info.dbname, other)))) == DENIED
        )


@pytest.mark.falls_without("grants", "powerless login", "append-only trail")
def test_every_role_tries_every_verb_on_every_table(login: psycopg.Connection) -> None:
    database, everywhere = login.info.dbname, schemas()
    with owner() as connection:
        names = {schema: set(tables(connection, schema)) for schema in everywhere}
    assert min(map(len, names.values())) > 10
    for role in (None, *becomable(login)):
        become(login, role)
        for schema in everywhere:
            assert rights(login, schema) == decided(role, schema, database, names[schema]), (role or LOGIN, schema)


def test_no_sequence_of_a_region_is_anybody_elses(login: psycopg.Connection) -> None:
    with owner() as connection:
        query = "SELECT schemaname || '.' || sequencename FROM pg_sequences ORDER BY 1"
        sequences = column(connection, query)
    assert len(sequences) > 10
    for role in (None, *becomable(login)):
        become(login, role)
        foreign = [name for name in sequences if role != region_role(login.info.dbname, name.partition(".")[0])]
        for verb in ("SELECT nextval('{}')", "SELECT setval('{}', 1)", "SELECT last_value FROM {}"):
            answers = probe(login, {name: verb.format(name) for name in foreign if name.partition(".")[0] != PUBLIC})
            assert set(answers.values()) == {DENIED}, (role, verb)


def test_single_columns_are_opened_to_nobody_but_the_eraser(login: psycopg.Connection) -> None:
    """The matrix asks for tables as wholes; a right to one column would hide behind them."""
    with owner() as connection:
        opened = column(
            connection,
            "SELECT DISTINCT pg_get_userbyid(one.grantee) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid, "
            "aclexplode(a.attacl) one WHERE a.attacl IS NOT NULL AND c.relnamespace = ANY(%s::regnamespace[])",
            schemas(),
        )
    assert opened == [role_name(login.info.dbname, ERASER)]


def test_nothing_in_our_schemas_runs_as_its_owner() -> None:
    with owner() as connection:
        functions = "SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND pronamespace = ANY(%s::regnamespace[])"
        views = (
            "SELECT oid::regclass FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = ANY(%s::regnamespace[])"
        )
        assert column(connection, functions, schemas()) == []
        assert column(connection, views, schemas()) == []


@pytest.mark.falls_without("row-level security")
def test_a_region_sees_and_writes_only_its_own_rows_of_the_overview(no_transaction: None) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as login:
        table = sql.Identifier(PUBLIC, RegionProfile._meta.db_table)
        add = sql.SQL(
            "INSERT INTO {} (schema, council_name_fi, council_name_sv, council_name_en, host_organisation, "
            "demonstration, as_of) VALUES ({}, 'Neuvottelukunta', '', '', '', false, now())"
        )
        with login.transaction(force_rollback=True):
            login.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(region_role(login.info.dbname, "lappi"))))
            login.execute(sql.SQL("DELETE FROM {}").format(table))
            login.execute(add.format(table, "lappi"))
            login.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(region_role(login.info.dbname, "kainuu"))))
            assert answer(login, add.format(table, "lappi")) == DENIED
            login.execute(sql.SQL("DELETE FROM {}").format(table))
            assert answer(login, add.format(table, "kainuu")) == DONE
            login.execute(add.format(table, "kainuu"))
            assert column(login, sql.SQL("SELECT schema FROM {}").format(table).as_string(login)) == ["kainuu"]
            assert answer(login, sql.SQL("UPDATE {} SET schema = 'lappi'").format(table)) == DENIED
            login.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role_name(login.info.dbname, NATIONAL))))
            everybody = sql.SQL("SELECT schema FROM {} WHERE schema IN ('kainuu', 'lappi') ORDER BY 1")
            assert column(login, everybody.format(table).as_string(login)) == ["kainuu", "lappi"]


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE SCHEMA extra",
        "CREATE TABLE public.extra (id int)",
        "CREATE TABLE kainuu.extra (id int)",
        "CREATE TEMPORARY TABLE extra (id int)",
        "CREATE FUNCTION public.extra() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP TABLE kainuu.audit_entry",
        "ALTER TABLE public.overview_figure DISABLE ROW LEVEL SECURITY",
        "ALTER SCHEMA lappi RENAME TO kainuu_too",
        "CREATE ROLE extra",
        "COPY public.regions_region TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT lo_import('/etc/hostname')",
    ],
)
def test_nobody_but_the_owner_makes_or_drops_anything(login: psycopg.Connection, attempt: str) -> None:
    for role in (None, *becomable(login)):
        become(login, role)
        assert answer(login, attempt) == DENIED, role


def test_what_others_ask_and_how_their_values_are_spread_is_not_told(login: psycopg.Connection) -> None:
    with owner() as connection:
        connection.execute("ANALYZE lappi.django_migrations, lappi.site_regionsettings")
        spread = "SELECT count(*) FROM pg_stats WHERE schemaname = 'lappi'"
        assert column(connection, spread) != [0]
    with psycopg.connect(os.environ["DATABASE_URL"]) as other:
        become(other, region_role(other.info.dbname, "lappi"))
        other.execute("SELECT 'a secret of Lapland'")
        become(login, region_role(login.info.dbname, "kainuu"))
        asked = column(login, "SELECT query FROM pg_stat_activity WHERE pid = %s", other.info.backend_pid)
    assert asked == ["<insufficient privilege>"]
    assert column(login, spread) == [0]


def test_no_table_outside_the_decided_ones_is_in_both_schemas() -> None:
    with owner() as connection:
        both = set(tables(connection, "kainuu")) & set(tables(connection, PUBLIC))
    prefixes = ("account_", "accounts_", "audit_", "django_migrations", "mail_", "mfa_", "privacy_",
                "socialaccount_", "tenancy_", "tokens_")  # fmt: skip
    assert {table for table in both if not table.startswith(prefixes)} == set()
