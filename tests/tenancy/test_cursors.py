"""The switch travels in front of a statement, and the statement never without it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import DataError, InterfaceError
from django.test.utils import CaptureQueriesContext

from yhdys.regions.models import Region
from yhdys.tenancy.backend import cursors
from yhdys.tenancy.backend.base import DatabaseWrapper
from yhdys.tenancy.context import NoScope, in_region
from yhdys.tenancy.models import OutboxEntry

HERE = "SELECT current_schema(), current_user"


def home(row: Any) -> bool:
    schema, role = row
    return bool(role.endswith(f"_t_{schema}"))


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The switches that were sent."""
    sent: list[bytes] = []
    way_home = cursors.way_home

    def kept(*arguments: Any) -> bytes:
        sent.append(way_home(*arguments))
        return sent[-1]

    monkeypatch.setattr(cursors, "way_home", kept)
    return sent


def test_the_first_statement_carries_the_switch_and_the_second_none(
    kainuu: Region, lappi: Region, messages: list[bytes]
) -> None:
    with in_region(lappi), connection.cursor() as cursor:
        cursor.execute(HERE)
    messages.clear()
    with in_region(kainuu), connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(HERE)
            assert cursor.fetchall() == [("kainuu", cursor.connection.info.dbname + "_t_kainuu")]
            assert cursor.rowcount == 1
            assert cursor.nextset() is None
    first, second = messages
    assert first.startswith(b"SET ROLE")
    assert b"search_path" in first
    assert second == b""


def test_a_statements_own_results_are_all_there(kainuu: Region) -> None:
    with in_region(kainuu), connection.cursor() as cursor:
        cursor.execute("SELECT 1; SELECT 2, 3")
        assert cursor.fetchall() == [(1,)]
        assert cursor.nextset()
        assert cursor.fetchall() == [(2, 3)]
        assert cursor.nextset() is None


def test_what_is_logged_is_the_statement(kainuu: Region, lappi: Region) -> None:
    for region in (kainuu, lappi):
        with in_region(region), CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
            cursor.execute("SELECT %s", [7])
        assert [query["sql"] for query in asked] == ["SELECT 7"]


def many(cursor: Any) -> list[Any]:
    cursor.cursor.executemany(HERE, [(), ()], returning=True)
    return [cursor.fetchone()]


def streamed(cursor: Any) -> list[Any]:
    return list(cursor.stream(HERE))


def copied(cursor: Any) -> list[Any]:
    with cursor.copy(f"COPY ({HERE}) TO STDOUT") as copy:
        return list(copy.rows())


def called(cursor: Any) -> list[Any]:
    cursor.callproc("current_schema")
    (schema,) = cursor.fetchone()
    return [(schema, f"_t_{schema}")]


@pytest.mark.parametrize("ask", [many, streamed, copied, called])
def test_every_way_of_asking_is_at_home(kainuu: Region, lappi: Region, ask: Callable[[Any], list[Any]]) -> None:
    for region in (kainuu, lappi):
        with in_region(region), connection.cursor() as cursor:
            (row,) = ask(cursor)
            assert row[0] == region.schema_name
            assert home(row)


def test_a_cursor_belongs_to_the_code_that_runs_it_not_to_the_one_that_opened_it(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        cursor = connection.cursor()
    with in_region(lappi):
        cursor.execute(HERE)
        assert cursor.fetchone()[0] == "lappi"
    with pytest.raises(NoScope):
        cursor.execute(HERE)


def test_rows_fetched_bit_by_bit_are_the_regions(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        OutboxEntry.objects.create(effect="test", arguments=[])
        assert [entry.effect for entry in OutboxEntry.objects.filter(effect="test").iterator()] == ["test"]
    with in_region(lappi):
        assert not list(OutboxEntry.objects.filter(effect="test").iterator())


def test_a_switch_that_fails_leaves_the_statement_unrun(committed: None) -> None:
    """A lock of the session outlives a rollback: it would tell that the statement ran."""
    with in_region("kainuu"), connection.cursor() as cursor:
        cursor.execute(HERE)
    with in_region("nowhere"), connection.cursor() as cursor, pytest.raises(DataError, match="does not exist"):
        cursor.execute("SELECT pg_advisory_lock(7243)")
    with in_region("kainuu"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7243")
        assert cursor.fetchone() == (0,)
        cursor.execute(HERE)
        assert home(cursor.fetchone())


def test_a_statement_that_fails_takes_its_switch_back_and_the_next_one_brings_it(committed: None) -> None:
    with in_region("lappi"), connection.cursor() as cursor:
        cursor.execute(HERE)
    with in_region("kainuu"), connection.cursor() as cursor:
        with pytest.raises(DataError):
            cursor.execute("SELECT 1 / 0")
        assert cursor.connection.info.parameter_status("search_path") == "lappi, public"
        cursor.execute(HERE)
        assert cursor.fetchone()[0] == "kainuu"


def test_a_message_of_one_statement_refuses_to_leave_from_elsewhere(kainuu: Region, lappi: Region) -> None:
    with in_region(lappi), connection.cursor() as cursor:
        cursor.execute(HERE)
    with (
        in_region(kainuu),
        connection.cursor() as cursor,
        connection.connection.pipeline(),
        pytest.raises(InterfaceError, match="before its connection was at home"),
    ):
        cursor.execute(HERE)


@pytest.mark.parametrize("option", ["assume_role", "server_side_binding"])
def test_options_that_would_hide_the_role_are_refused(option: str) -> None:
    settings = connection.settings_dict
    with pytest.raises(ImproperlyConfigured, match=option):
        DatabaseWrapper({**settings, "OPTIONS": {option: "x"}})
