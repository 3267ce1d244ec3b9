"""Whatever happened to a connection, the next statement runs as the region of the code that sends it.

These tests make transactions of their own, as requests do, and read what each region wrote about itself.
"""

import contextvars
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, InterfaceError, OperationalError
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import schema_context, tenant_context
from tests.isolation.asking import here, owner

from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import (
    LibraryTenancyRefused,
    NoScope,
    ScopesCrossed,
    current_schema,
    current_scope,
    in_front,
    in_national,
    in_region,
)

pytestmark = pytest.mark.usefixtures("no_transaction")

KAINUU, LAPPI = ("kainuu", "kainuu"), ("lappi", "lappi")
BROKEN = "SELECT 1 / 0"


class Undone(Exception):
    """Undoes a transaction."""


def whose() -> str:
    """Whose rows are read here."""
    return str(RegionSettings.objects.get().council_name_fi)


@pytest.fixture
def names() -> dict[str, str]:
    """What the rows of each region say they are; read as the owner."""
    with owner() as asking:
        query = "SELECT council_name_fi FROM {}.site_regionsettings"
        return {schema: asking.execute(query.format(schema)).fetchone()[0] for schema in ("kainuu", "lappi")}


@pytest.mark.falls_without("no scope, no statement")
def test_no_statement_runs_outside_every_scope() -> None:
    for ask in (RegionSettings.objects.first, here, lambda: Region.objects.first()):
        with pytest.raises(NoScope):
            ask()


@pytest.mark.falls_without("role switch", "search path")
def test_role_and_path_follow_the_context(names: dict[str, str]) -> None:
    assert names["kainuu"] != names["lappi"]
    with in_region("kainuu"):
        assert (here(), whose()) == (KAINUU, names["kainuu"])
        with in_region("lappi"):
            assert (here(), whose()) == (LAPPI, names["lappi"])
        with in_national():
            assert here() == ("", "public")
        with in_front():
            assert here() == ("", "public")
        assert (here(), whose()) == (KAINUU, names["kainuu"])


@pytest.mark.falls_without("only the server's word")
def test_a_rollback_that_takes_the_region_back_is_noticed(names: dict[str, str]) -> None:
    with in_region("kainuu"):
        assert here() == KAINUU
    with in_region("lappi"):
        with suppress(Undone), transaction.atomic():
            assert here() == LAPPI
            raise Undone
        assert (here(), whose()) == (LAPPI, names["lappi"])


@pytest.mark.falls_without("only the server's word")
def test_a_savepoint_that_takes_the_region_back_is_noticed(names: dict[str, str]) -> None:
    with in_region("kainuu"), transaction.atomic():
        assert here() == KAINUU
        savepoint = transaction.savepoint_create()
        with in_region("lappi"):
            assert here() == LAPPI
            transaction.savepoint_rollback(savepoint)
            assert (here(), whose()) == (LAPPI, names["lappi"])
        assert (here(), whose()) == (KAINUU, names["kainuu"])


@pytest.mark.falls_without("only the server's word")
def test_an_error_swallowed_in_a_transaction_that_is_then_committed(names: dict[str, str]) -> None:
    """The server makes a rollback of that commit, and no hook of anybody's is called."""
    with in_region("kainuu"):
        assert here() == KAINUU
    with in_region("lappi"):
        with transaction.atomic():
            assert here() == LAPPI
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute(BROKEN)
        assert (here(), whose()) == (LAPPI, names["lappi"])


def test_an_error_swallowed_in_a_savepoint_leaves_no_other_region_behind() -> None:
    with in_region("lappi"):
        assert here() == LAPPI
    with in_region("kainuu"), transaction.atomic():
        with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BROKEN)
        assert here() == KAINUU
    with in_region("lappi"):
        assert here() == LAPPI


def test_a_failed_visit_to_another_region_is_undone_at_home() -> None:
    """Going back to a savepoint needs no role: in a transaction that has failed none could be set."""
    with in_region("kainuu"), transaction.atomic():
        assert here() == KAINUU
        with suppress(DatabaseError), transaction.atomic(), in_region("lappi"), connection.cursor() as cursor:
            cursor.execute(BROKEN)
        assert here() == KAINUU


@pytest.mark.falls_without("only the server's word")
def test_a_connection_closed_in_an_open_transaction_comes_back_as_whose_it_is(names: dict[str, str]) -> None:
    with in_region("kainuu"):
        assert here() == KAINUU
    with suppress(Undone), in_region("lappi"), transaction.atomic():
        assert here() == LAPPI
        connection.close()
        raise Undone
    for schema in ("lappi", "kainuu", "lappi"):
        with in_region(schema):
            assert (here(), whose()) == ((schema, schema), names[schema])


def test_a_connection_of_the_pool_serves_regions_in_turn(names: dict[str, str]) -> None:
    seen: list[tuple[int, str]] = []
    for schema in ("kainuu", "lappi") * 5:
        with in_region(schema):
            assert (here(), whose()) == ((schema, schema), names[schema])
            seen.append((connection.connection.info.backend_pid, schema))
        connection.close()
    assert len(set(seen)) > len({pid for pid, _schema in seen}), "one connection served both"


def test_a_connection_that_broke_is_replaced(names: dict[str, str]) -> None:
    with in_region("kainuu"):
        assert here() == KAINUU
        connection.connection.pgconn.finish()
        with pytest.raises((OperationalError, InterfaceError)):
            here()
        connection.close()
    with in_region("lappi"):
        assert (here(), whose()) == (LAPPI, names["lappi"])


@pytest.mark.parametrize(
    "sent", ["RESET ALL", "DISCARD ALL", "RESET search_path", "SET search_path TO lappi, public", "BEGIN; ROLLBACK"]
)
def test_whatever_happened_to_the_path_the_next_statement_is_at_home(sent: str) -> None:
    with in_region("kainuu"):
        here()
        with suppress(psycopg.Error):
            connection.connection.execute(sent)
        assert here() == KAINUU


def test_a_role_that_was_put_down_reads_nothing() -> None:
    """The path still says Kainuu, so nothing is sent: the bare login has no right, and fails closed."""
    with in_region("kainuu"):
        here()
        connection.connection.execute("RESET ROLE")
        with pytest.raises(DatabaseError, match="does not exist"):
            whose()
        with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM kainuu.site_regionsettings")


@pytest.mark.falls_without("a failed switch raises")
def test_a_switch_that_fails_raises_and_runs_nothing() -> None:
    with in_region("lappi"):
        assert here() == LAPPI
    with in_region("nowhere"), pytest.raises(DatabaseError, match="yhdys_tests_t_nowhere"):
        whose()
    with in_region("kainuu"):
        assert here() == KAINUU


@pytest.mark.falls_without("looking at each statement")
def test_a_cursor_that_was_open_before_a_visit_elsewhere_is_at_home_after_it(names: dict[str, str]) -> None:
    def asked(cursor: Any) -> tuple[str, str]:
        cursor.execute("SELECT current_schema(), council_name_fi FROM site_regionsettings")
        found: tuple[str, str] = cursor.fetchone()
        return found

    with in_region("kainuu"), connection.cursor() as cursor:
        with in_region("lappi"):
            assert whose() == names["lappi"]
        assert asked(cursor) == ("kainuu", names["kainuu"])
        with in_region("lappi"):
            assert asked(cursor) == ("lappi", names["lappi"])
    with in_region("kainuu"), connection.cursor() as cursor, in_region("lappi"):
        cursor.executemany("SELECT set_config('yhdys.seen', current_schema() || %s, false)", [["!"]])
        cursor.execute("SELECT current_setting('yhdys.seen')")
        assert cursor.fetchone() == ("lappi!",)
        with cursor.copy("COPY (SELECT current_schema()) TO STDOUT") as copied:
            assert b"".join(copied) == b"lappi\n"


def test_a_cursor_outside_every_scope_sends_nothing() -> None:
    with in_region("kainuu"):
        cursor = connection.cursor()
    with pytest.raises(NoScope):
        cursor.execute("SELECT 1")
    with pytest.raises(NoScope), cursor.copy("COPY (SELECT 1) TO STDOUT"):
        pass


def test_statements_that_are_logged_are_at_home_too() -> None:
    with in_region("kainuu"), CaptureQueriesContext(connection) as queries:
        assert here() == KAINUU
        with in_region("lappi"):
            assert here() == LAPPI
    assert len(queries) == 2


# --- Threads, generators, and what runs later -------------------------------------------------------------------------


@pytest.mark.falls_without("a scope for each thread")
def test_a_thread_begins_in_nobodys_name() -> None:
    seen: list[Any] = []

    def look() -> None:
        seen.append(current_scope())
        with suppress(NoScope):
            seen.append(here())
        connections.close_all()

    with in_region("kainuu"):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert current_schema() == "kainuu"
    assert seen == [None]


def test_a_thread_that_is_given_the_context_works_for_its_region(names: dict[str, str]) -> None:
    seen: list[Any] = []

    def look() -> None:
        with in_region("lappi"):
            seen.append(whose())
        seen.append(whose())
        connections.close_all()

    with in_region("kainuu"):
        thread = threading.Thread(target=contextvars.copy_context().run, args=[look])
        thread.start()
        thread.join()
        assert whose() == names["kainuu"]
    assert seen == [names["lappi"], names["kainuu"]]


@pytest.mark.falls_without("scopes that cross are noticed")
def test_a_generator_that_carries_its_scope_out_is_noticed() -> None:
    def rows() -> Iterator[str]:
        with in_region("lappi"):
            yield "of Lapland"

    suspended = rows()
    try:
        with pytest.raises(ScopesCrossed, match="kainuu was left in lappi"), in_region("kainuu"):
            next(suspended)
        assert current_scope() is None
    finally:
        with suppress(ScopesCrossed):
            suspended.close()
    assert current_scope() is None


@pytest.mark.falls_without("after a commit, at home")
def test_what_runs_after_a_commit_runs_where_it_was_asked_for() -> None:
    seen: list[Any] = []
    with in_national(), transaction.atomic():
        with in_region("lappi"):
            transaction.on_commit(lambda: seen.append(here()))
        with in_region("kainuu"):
            transaction.on_commit(lambda: seen.append(here()))
    with in_region("kainuu"):
        transaction.on_commit(lambda: seen.append(here()))
    assert seen == [LAPPI, KAINUU, KAINUU]


# --- The library's own ways -------------------------------------------------------------------------------------------


@pytest.mark.falls_without("the library's switches refused")
def test_the_librarys_own_switches_are_refused() -> None:
    with in_national():
        lappi = Region.objects.get(slug="lappi")

    def enter() -> None:
        with lappi:
            pass

    for misuse in (lambda: connection.set_tenant(lappi), lambda: connection.set_schema("lappi"), lappi.activate, enter):
        with in_region("kainuu"):
            with pytest.raises(LibraryTenancyRefused):
                misuse()
            assert here() == KAINUU


def test_the_librarys_contexts_change_nothing_here(names: dict[str, str]) -> None:
    """They steer the owner's connection, which no request has."""
    with in_national():
        lappi = Region.objects.get(slug="lappi")

    @schema_context("lappi")
    def decorated() -> tuple[str, str]:
        return whose(), current_schema()

    with in_region("kainuu"):
        with schema_context("lappi"):
            assert (here(), whose()) == (KAINUU, names["kainuu"])
        with tenant_context(lappi):
            assert (here(), whose()) == (KAINUU, names["kainuu"])
        assert decorated() == (names["kainuu"], "kainuu")
    with schema_context("lappi"), pytest.raises(NoScope):
        whose()


def test_public_and_national_are_not_regions() -> None:
    for name in ("public", ""):
        with pytest.raises(ValueError, match="no region"), in_region(name):
            pass
    with in_national():
        assert current_schema() == "public"
