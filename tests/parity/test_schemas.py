"""A replayed schema and a claimed spare are the migrated one, in every line of structure and every row.

The structure is pg_dump's own telling, with owners, rights and row-level security, so that nothing is left out because
nobody thought of it. The migrated schema is made here from nothing, as a deployment brings its regions to a release.
"""

import difflib
import os
import re
import subprocess
from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from psycopg import sql

from yhdys.regions.actions import OWNER, SPARES_KEPT, create_region, newest_template
from yhdys.site.models import RegionSettings
from yhdys.tenancy import grants, provisioning
from yhdys.tenancy.context import in_region
from yhdys.tenancy.roles import LOGIN, region_role, role_name

MIGRATED, REPLAYED, CLAIMED = WAYS = ("parity_migrated", "parity_replayed", "parity_claimed")
OF_THEIR_MAKING = {"id", "applied"}
"""Columns whose values tell when and in which order a row was written."""


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One schema each way."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's, whose type is its own
        try:
            provisioning._run("CREATE SCHEMA {}", MIGRATED)
            provisioning._make_role(MIGRATED)
            provisioning.migrate(MIGRATED)
            grants.grant_region(connections[OWNER], MIGRATED)
            provisioning.replay(REPLAYED, newest_template())
            # A spare that waited may have been tried by other tests, and a refused INSERT moves a sequence as well.
            provisioning.drop_spares()
            provisioning.fill_spares(newest_template(), 1)
            assert provisioning.claim_spare(CLAIMED)
            yield
        finally:
            for schema in filter(provisioning.schema_exists, WAYS):
                provisioning.drop(schema)
            provisioning.fill_spares(newest_template(), SPARES_KEPT)


pytestmark = pytest.mark.usefixtures("made", "committed")


@pytest.fixture
def drifting() -> Iterator[str]:
    """A schema to be spoilt."""
    schema = "parity_drifting"
    provisioning.replay(schema, newest_template())
    yield schema
    provisioning.drop(schema)


def structure(schema: str) -> list[str]:
    """What pg_dump tells of a schema, statement by statement, without its name; sorted, for the order says nothing."""
    settings = connections[OWNER].settings_dict
    command = [
        provisioning._pg_dump(), "--schema-only", f"--schema={schema}", "--host", settings["HOST"],
        "--port", str(settings["PORT"]), "--username", settings["USER"], "--no-password", settings["NAME"],
    ]  # fmt: skip
    env = os.environ | {"PGPASSWORD": settings["PASSWORD"]}
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    told = told.replace(region_role(settings["NAME"], schema), "ROLE")
    told = re.sub(rf"\b{schema}\b", "SCHEMA", told)
    told = re.sub(r"^(?:--.*|\\.*)?\n", "", told, flags=re.MULTILINE)
    return sorted(_normal(statement) for statement in re.split(r"(?<=;)\n", told) if statement)


def _normal(statement: str) -> str:
    """The server writes a list of texts in two ways, before and after it has read its own words once."""
    if " CHECK (" in statement or " WHERE " in statement:
        return re.sub(r"::(?:character varying|text)(?:\[\])?|[()]", "", statement)
    return statement


def rows(schema: str) -> list[str]:
    """Every row of every table, and where each sequence stands."""
    told = []
    with connections[OWNER].cursor() as cursor:
        for table in grants.tables_of(connections[OWNER], schema):
            query = sql.SQL("SELECT to_jsonb(t) - %s::text[] FROM {} t").format(sql.Identifier(schema, table))
            cursor.execute(query.as_string(None), [sorted(OF_THEIR_MAKING)])
            told += [f"{table}: {row}" for (row,) in cursor.fetchall()]
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = %s", [schema])
        told += [f"{name} stands at {value}" for name, value in cursor.fetchall()]
    return sorted(told)


def memberships(schema: str) -> list[str]:
    """What pg_dump does not tell: what the role is, whose member it is, and who may become it."""
    role = region_role(connections[OWNER].settings_dict["NAME"], schema)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN m.roleid = r.oid THEN m.member::regrole || ' in it' ELSE 'in ' || m.roleid::regrole END, "
            "m.inherit_option, m.set_option, m.admin_option, r.rolcanlogin, r.rolinherit, r.rolsuper, r.rolbypassrls "
            "FROM pg_auth_members m JOIN pg_roles r ON r.oid IN (m.roleid, m.member) WHERE r.rolname = %s",
            [role],
        )
        return sorted(str(row) for row in cursor.fetchall())


def differing(one: list[str], other: list[str]) -> list[str]:
    """The lines that only one of them has, with a minus or a plus."""
    told = list(difflib.unified_diff(one, other, lineterm="", n=0))[2:]
    return [line for line in told if not line.startswith("@@")]


@pytest.mark.parametrize("way", [REPLAYED, CLAIMED])
@pytest.mark.parametrize("look", [structure, rows, memberships])
def test_it_is_the_migrated_one(look: Callable[[str], list[str]], way: str) -> None:
    migrated = look(MIGRATED)
    assert migrated
    assert differing(migrated, look(way)) == []


def test_what_is_compared_is_everything() -> None:
    told = "\n".join(structure(MIGRATED))
    for words in (
        "CREATE TABLE SCHEMA.audit_entry", "FOREIGN KEY", "PRIMARY KEY", "UNIQUE", "CHECK", "CREATE INDEX",
        "CREATE TRIGGER",
        "CREATE FUNCTION", "AS IDENTITY", "OWNER TO", "GRANT SELECT,INSERT ON TABLE SCHEMA.audit_entry TO ROLE",
        "GRANT USAGE ON SCHEMA SCHEMA TO ROLE", "DEFERRABLE",
    ):  # fmt: skip
        assert words in told
    assert any(row.startswith("django_migrations: ") for row in rows(MIGRATED))


DRIFTS = {
    "a column": "ALTER TABLE {schema}.audit_entry ADD COLUMN extra int",
    "a default": "ALTER TABLE {schema}.audit_entry ALTER COLUMN verb SET DEFAULT 'x'",
    "nothing forced": "ALTER TABLE {schema}.audit_entry ALTER COLUMN verb DROP NOT NULL",
    "an index": "CREATE INDEX extra ON {schema}.audit_entry (verb)",
    "a constraint": "ALTER TABLE {schema}.audit_entry ADD CONSTRAINT extra CHECK (verb <> 'x')",
    "a trigger gone": "ALTER TABLE {schema}.site_regionsettings DISABLE TRIGGER USER",
    "a function": "CREATE FUNCTION {schema}.extra() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a right more": "GRANT DELETE ON {schema}.audit_entry TO {role}",
    "a right less": "REVOKE INSERT ON {schema}.audit_entry FROM {role}",
    "row-level security": "ALTER TABLE {schema}.audit_entry ENABLE ROW LEVEL SECURITY",
    "a sequence": "CREATE SEQUENCE {schema}.extra_seq",
    "a migration": "DELETE FROM {schema}.django_migrations WHERE app = 'audit'",
    "a row": "INSERT INTO {schema}.django_migrations (app, name, applied) VALUES ('x', '0001', now())",
    "a sequence's place": "SELECT nextval('{schema}.django_migrations_id_seq')",
    "who may become it": "REVOKE {role} FROM {login}",
}


def test_every_drift_is_seen(drifting: str) -> None:
    """The comparison can fail: one drift after the other, and each of them is a difference from what was before it."""
    database = connections[OWNER].settings_dict["NAME"]
    role, login = region_role(database, drifting), role_name(database, LOGIN)

    def seen() -> list[str]:
        return [line for look in (structure, rows, memberships) for line in look(drifting)]

    before = seen()
    for drift, statement in DRIFTS.items():
        with connections[OWNER].cursor() as cursor:
            cursor.execute(statement.format(schema=drifting, role=role, login=login))
        after = seen()
        assert before != after, f"Not seen: {drift}."
        before = after


def test_a_region_made_either_way_opens_with_its_settings() -> None:
    provisioning.fill_spares(newest_template(), 1)
    claimed = create_region("uusimaa")
    provisioning.drop_spares()
    replayed = create_region("satakunta")
    for region in (claimed, replayed):
        assert differing(structure(MIGRATED), structure(region.schema_name)) == []
        with in_region(region):
            assert RegionSettings.objects.get().council_name_fi.startswith(region.name_fi)
