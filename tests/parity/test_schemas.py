"""A replayed schema and a claimed spare are the migrated one."""

import re
from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from yhdys.regions.actions import OWNER, create_region, newest_template
from yhdys.site.models import RegionSettings
from yhdys.tenancy import provisioning
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("committed")


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
