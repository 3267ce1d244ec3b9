"""What a database needs before the first migration: its roles and their walls.

Plain psycopg, no Django: run once by somebody who may create roles and databases, harmless when run again.
"""

import argparse
import os

import psycopg
from psycopg import sql

from yhdys.tenancy.roles import ANY_REGION, LOGIN, NAMED_ROLES, OWNER, role_name

OLDEST_SERVER = 180_000
"""PostgreSQL 18 is the first that reports ``search_path``, on which the isolation of regions rests."""


class ServerTooOld(Exception):
    """The server does not report ``search_path``."""


def bootstrap(admin_url: str, *, database: str, owner_password: str, login_password: str) -> None:
    """Make the database and the roles of a deployment.

    ``<database>_owner`` owns all schemas and may create regions' roles; ``<database>_login`` is what the web and the
    workers connect as and has no right of its own. Raises ServerTooOld before PostgreSQL 18.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        if admin.info.server_version < OLDEST_SERVER:
            raise ServerTooOld(
                f"PostgreSQL 18 or newer is needed; this server is {admin.info.server_version // 10000}."
            )
        owner, login = role_name(database, OWNER), role_name(database, LOGIN)
        _make_role(admin, owner, "LOGIN CREATEROLE NOINHERIT", owner_password)
        _make_role(admin, login, "LOGIN NOINHERIT", login_password)
        _run(admin, "ALTER ROLE {} SET search_path = ''", login)
        _run(admin, "ALTER ROLE {} SET timezone = 'UTC'", login)
        for role in NAMED_ROLES:
            name = role_name(database, role)
            _make_role(admin, name, "NOLOGIN NOINHERIT")
            _run(admin, "GRANT {} TO {} WITH INHERIT FALSE, SET TRUE", name, login)
        any_region = role_name(database, ANY_REGION)
        _make_role(admin, any_region, "NOLOGIN NOINHERIT")
        _run(admin, "GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE", any_region, owner)
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            # A superuser may give the database away at once; another creator must be a member of the owner first.
            _run(admin, "GRANT {} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE", owner)
            _run(admin, "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'", database, owner)
        _run(admin, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
        _run(admin, "GRANT CONNECT ON DATABASE {} TO {}", database, login)
    with psycopg.connect(admin_url, dbname=database, autocommit=True) as admin:
        _run(admin, "ALTER SCHEMA public OWNER TO {}", owner)
        admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        # What a new object gives to PUBLIC by default is taken back: functions may be executed by nobody unnamed.
        _run(admin, "ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC", owner)
        for role in (*NAMED_ROLES, ANY_REGION):
            _run(admin, "GRANT USAGE ON SCHEMA public TO {}", role_name(database, role))


def _make_role(admin: psycopg.Connection, name: str, attributes: str, password: str | None = None) -> None:
    exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER ROLE" if exists else "CREATE ROLE"
    query = sql.SQL(verb + " {} " + attributes).format(sql.Identifier(name))
    if password is not None:
        query += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
    admin.execute(query)


def _run(admin: psycopg.Connection, statement: str, *names: str) -> None:
    admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def main() -> None:
    """Bootstrap from the environment, for a deployment's first step."""
    parser = argparse.ArgumentParser(description="Make the roles and the database of a Yhdys deployment.")
    parser.add_argument("--database", default="yhdys")
    arguments = parser.parse_args()
    bootstrap(
        os.environ["ADMIN_DATABASE_URL"],
        database=arguments.database,
        owner_password=os.environ["OWNER_PASSWORD"],
        login_password=os.environ["LOGIN_PASSWORD"],
    )


if __name__ == "__main__":
    main()
