"""Regions are made, closed and opened; a replayed schema is the migrated one."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import translation
from pytest_django import DjangoDbBlocker

from yhdys.core.errors import ActionRefused
from yhdys.regions.actions import OWNER, create_region, newest_template, resume_region, suspend_region
from yhdys.regions.models import Domain, Region
from yhdys.regions.names import refuse_reserved
from yhdys.site.models import RegionSettings
from yhdys.tenancy import provisioning
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences are told in English here."""
    with translation.override("en"):
        yield


def structure(schema: str) -> str:
    """Columns, defaults, indices and constraints as the catalogue tells them, without the schema's name."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity, "
            "is_generated, generation_expression FROM information_schema.columns WHERE table_schema = %s ORDER BY 1, 2",
            [schema],
        )
        lines = [str(row) for row in cursor.fetchall()]
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = %s ORDER BY indexname", [schema])
        lines += [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid) "
            "FROM pg_constraint LEFT JOIN pg_class ON pg_class.oid = conrelid WHERE connamespace = %s::regnamespace",
            [schema],
        )
        lines += [str(row) for row in cursor.fetchall()]
    return "\n".join(sorted(_normal(re.sub(rf"\b{schema}\b", "SCHEMA", line)) for line in lines))


def _normal(line: str) -> str:
    """The server writes a list of texts in two ways, before and after it has read its own words once."""
    return re.sub(r"::(?:character varying|text)(?:\[\])?|[()]", "", line)


def rows(schema: str) -> list[tuple[str, str]]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(f"SELECT app, name FROM {schema}.django_migrations ORDER BY id")
        return cursor.fetchall()


@pytest.fixture
def spare(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    provisioning.fill_spares(newest_template(), 1)
    yield
    provisioning.fill_spares(newest_template(), 3)


def test_a_replayed_and_a_claimed_schema_are_the_migrated_one(spare: None) -> None:
    migrated = structure(provisioning.TEMPLATE)
    assert "audit_entry" in migrated
    claimed = create_region("uusimaa")
    provisioning.drop_spares()
    replayed = create_region("satakunta")
    for region in (claimed, replayed):
        assert structure(region.schema_name) == migrated
        assert rows(region.schema_name) == rows(provisioning.TEMPLATE)
        with in_region(region):
            assert RegionSettings.objects.get().council_name_fi.startswith(region.name_fi)


def test_a_region_is_made_once_and_only_where_finland_has_one() -> None:
    with pytest.raises(ActionRefused, match="here already"):
        create_region("kainuu")
    with pytest.raises(ActionRefused, match="no region"):
        create_region("atlantis")
    with pytest.raises(ActionRefused, match="in use"):
        create_region("satakunta", host="kainuu.localhost")
    assert not provisioning.schema_exists("satakunta")
    assert not Region.objects.using(OWNER).filter(slug="satakunta").exists()


def test_a_failure_halfway_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioning, "claim_spare", lambda schema: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        create_region("satakunta")
    assert not Region.objects.using(OWNER).filter(slug="satakunta").exists()
    assert not Domain.objects.using(OWNER).filter(domain="satakunta.localhost").exists()


@pytest.mark.parametrize("name", ["www", "admin", "public", "pg-catalog", "spare-1", "select", "as-front", "api"])
def test_reserved_names_are_refused(name: str) -> None:
    with pytest.raises(Exception, match="reserved"):
        refuse_reserved(name)


@pytest.mark.parametrize("name", ["Kainuu", "k", "1kainuu", 'kai"nuu', "kai nuu", "k" * 41, "kainuu;drop"])
def test_a_name_that_would_need_quoting_is_no_schema(name: str) -> None:
    with pytest.raises(provisioning.ProvisioningError):
        provisioning.replay(name, newest_template())


def test_suspending_and_resuming(capsys: pytest.CaptureFixture[str]) -> None:
    assert suspend_region("lappi").state == Region.State.SUSPENDED
    call_command("list_regions")
    assert re.search(r"Lappi +suspended +up to date +lappi\.localhost", capsys.readouterr().out)
    assert resume_region("lappi").state == Region.State.ACTIVE
    with pytest.raises(CommandError, match="no region"):
        call_command("suspend_region", "atlantis")


def test_deploying_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("deploy")
    assert "as before" in capsys.readouterr().out
