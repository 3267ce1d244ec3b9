"""Which tables stand in the public schema, in the regions', or in both is decided in the settings and nowhere else."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from yhdys.config.settings.base import BOTH_APPS
from yhdys.regions.actions import OWNER
from yhdys.tenancy import provisioning
from yhdys.tenancy.grants import tables_of

pytestmark = pytest.mark.usefixtures("committed")
MIGRATIONS = {"django_migrations"}
DECIDED = {
    "account", "accounts", "audit", "mail", "mfa", "privacy", "socialaccount", "tenancy", "tokens",
}  # fmt: skip
"""The labels of the apps that both kinds of schema have: users, what they do, and what tenancy itself keeps."""


def tables_of_apps(names: list[str]) -> set[str]:
    """The tables of the models of the named apps, those between two models included; an app may be kept without."""
    tableless = {label for label, module in settings.MIGRATION_MODULES.items() if module is None}
    named = [config for config in apps.get_app_configs() if {config.name, _path(config)} & set(names)]
    configs = [config for config in named if config.label not in tableless]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}


def _path(config: object) -> str:
    return f"{type(config).__module__}.{type(config).__qualname__}"


def tables(schema: str) -> set[str]:
    return set(tables_of(connections[OWNER], schema))


@pytest.mark.parametrize("schema", [provisioning.TEMPLATE, "kainuu", "lappi"])
def test_a_region_has_the_tables_of_its_apps_and_no_other(schema: str) -> None:
    assert tables(schema) == tables_of_apps(settings.TENANT_APPS) | MIGRATIONS


def test_the_public_schema_has_the_tables_of_its_apps_and_no_other() -> None:
    assert tables("public") == tables_of_apps(settings.SHARED_APPS) | MIGRATIONS


def test_both_have_the_apps_that_were_decided_and_no_other() -> None:
    both = set(settings.TENANT_APPS) & set(settings.SHARED_APPS)
    assert both == set(BOTH_APPS)
    assert {config.label for config in apps.get_app_configs() if config.name in both} == DECIDED
    assert tables("kainuu") & tables("public") == tables_of_apps(BOTH_APPS) | MIGRATIONS
