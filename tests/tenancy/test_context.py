"""Records, queries and the connection know whose they are."""

import threading

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import LibraryTenancyRefused, NoScope, current_schema, current_scope, in_national, in_region
from yhdys.tenancy.models import OutboxEntry, WrongRegion


def here() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        role, schema = cursor.fetchone()
    return role.partition("_t_")[2], schema


def test_no_statement_runs_outside_every_scope(db: None) -> None:
    with pytest.raises(NoScope):
        RegionSettings.objects.first()


def test_role_and_path_follow_the_context(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        assert here() == ("kainuu", "kainuu")
        with in_region(lappi):
            assert here() == ("lappi", "lappi")
        assert here() == ("kainuu", "kainuu")


def test_a_rollback_that_takes_the_role_back_is_noticed(kainuu: Region, lappi: Region) -> None:
    with in_region(lappi):
        assert here()[0] == "lappi"
    with in_region(kainuu):
        sid = transaction.savepoint_create()
        assert here()[0] == "kainuu"
        transaction.savepoint_rollback(sid)
        assert here()[0] == "kainuu"


def test_an_error_swallowed_in_a_transaction_leaves_no_other_region_behind(kainuu: Region, lappi: Region) -> None:
    with in_region(lappi):
        assert here()[0] == "lappi"
    with in_region(kainuu), transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        except DatabaseError:
            pass
        assert here() == ("kainuu", "kainuu")
    with in_region(lappi):
        assert here() == ("lappi", "lappi")


@pytest.mark.parametrize("verb", ["RESET ALL", "RESET search_path", "SET search_path TO lappi, public"])
def test_whatever_happened_to_the_path_the_next_statement_is_at_home(kainuu: Region, lappi: Region, verb: str) -> None:
    with in_region(kainuu):
        here()
        connection.connection.execute(verb)
        assert here() == ("kainuu", "kainuu")


def test_a_schema_without_a_role_raises_and_runs_nothing(db: None) -> None:
    with in_region("nowhere"), pytest.raises(DatabaseError), transaction.atomic():
        RegionSettings.objects.first()


def test_a_query_made_in_one_region_refuses_to_run_in_another(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        query = RegionSettings.objects.all()
    with in_region(lappi):
        for run in (query.first, query.count, query.exists, lambda: list(query), lambda: query.update(phone="1")):
            with pytest.raises(WrongRegion):
                run()
        with pytest.raises(WrongRegion):
            list(query.filter(phone="").order_by("pk"))


def test_a_record_of_one_region_refuses_to_be_used_in_another(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        settings = RegionSettings.objects.get()
    with in_region(lappi):
        for act in (settings.save, settings.delete, settings.refresh_from_db):
            with pytest.raises(WrongRegion):
                act()


def test_threads_do_not_see_each_others_region(kainuu: Region) -> None:
    seen = []
    with in_region(kainuu):
        thread = threading.Thread(target=lambda: seen.append(current_scope()))
        thread.start()
        thread.join()
        assert current_schema() == "kainuu"
    assert seen == [None]


def test_the_librarys_own_switches_are_refused(kainuu: Region, lappi: Region) -> None:
    def enter() -> None:
        with lappi:
            pass

    for misuse in (lambda: connection.set_tenant(lappi), lambda: connection.set_schema("lappi"), lappi.activate, enter):
        with in_region(kainuu):
            with pytest.raises(LibraryTenancyRefused):
                misuse()
            assert here() == ("kainuu", "kainuu")


def test_public_and_national_are_not_regions(db: None) -> None:
    with pytest.raises(ValueError, match="no region"), in_region("public"):
        pass
    with in_national():
        assert current_schema() == "public"


def test_rows_of_one_region_are_not_rows_of_another(kainuu: Region, lappi: Region) -> None:
    with in_region(kainuu):
        entry = OutboxEntry.objects.create(effect="test", arguments=[])
    with in_region(lappi):
        assert not OutboxEntry.objects.filter(pk=entry.pk).exists()
        with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
            connection.connection.execute("SELECT * FROM kainuu.tenancy_outboxentry")
