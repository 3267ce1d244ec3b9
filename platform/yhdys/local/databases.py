"""From one administrator's URL to the two URLs the product knows: its login role's and its owner's."""

from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg

from yhdys.local.processes import Trouble
from yhdys.tenancy.bootstrap import bootstrap

OLDEST = 18


def database_of(admin_url: str, otherwise: str) -> str:
    """The database an administrator's URL names, unless it is only the one every server has for administrators."""
    parts = urlsplit(admin_url)
    name = unquote(parts.path.lstrip("/"))
    return otherwise if name in {"", "postgres", "template1", unquote(parts.username or "")} else name


def role_url(admin_url: str, database: str, role: str, password: str) -> str:
    """The same server and options, another role and database."""
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{quote(role, safe='')}:{quote(password, safe='')}@{host}"
    return urlunsplit((parts.scheme, netloc, f"/{quote(database, safe='')}", parts.query, ""))


def login_and_owner_urls(admin_url: str, database: str, owner_password: str, login_password: str) -> tuple[str, str]:
    """Make roles and database where missing and return (login URL, owner URL). Raises Trouble with a sentence."""
    try:
        with psycopg.connect(admin_url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
            allowed = connection.execute(
                "select rolsuper or (rolcreaterole and rolcreatedb) from pg_roles where rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Trouble(f"The database server of DATABASE_URL cannot be reached: {reason}") from error
    if version < OLDEST:
        raise Trouble(f"Yhdys needs PostgreSQL {OLDEST} or newer; the server of DATABASE_URL is PostgreSQL {version}.")
    if allowed is None or not allowed[0]:
        raise Trouble("The role of DATABASE_URL must be allowed to create roles and databases.")
    bootstrap(admin_url, database=database, owner_password=owner_password, login_password=login_password)
    return (
        role_url(admin_url, database, f"{database}_login", login_password),
        role_url(admin_url, database, f"{database}_owner", owner_password),
    )
