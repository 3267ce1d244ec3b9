"""Bring the database to this release. Harmless when there is nothing to do."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from yhdys.keywords.actions import load_reference_data as load_keywords
from yhdys.places.actions import load_reference_data as load_places
from yhdys.regions.actions import OWNER, SPARES_KEPT, capture_template, newest_template
from yhdys.regions.models import Region
from yhdys.tenancy import grants, provisioning
from yhdys.tenancy.context import in_national
from yhdys.tenancy.revisions import revisions


class Command(BaseCommand):
    """``deploy``: migrations, the captured template, rights, spares and reference data."""

    help = "Migrate everything, capture the structure of a region, renew rights, keep spares, load reference data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run on the owner's connection, which only deployment commands have."""
        owner = connections[OWNER]
        call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
        changed = capture_template()
        if changed:
            provisioning.drop_spares()
        for schema in Region.objects.using(OWNER).values_list("schema_name", flat=True):
            if changed:
                provisioning.migrate(schema)
            grants.grant_region(owner, schema)
        for spare in provisioning.spares():
            grants.grant_region(owner, spare)
        grants.grant_public(owner)
        provisioning.fill_spares(newest_template(), SPARES_KEPT)
        with in_national():
            load_places()
            load_keywords()
        revisions.move_all()
        self.stdout.write(
            "The structure of regions has changed." if changed else "The structure of regions is as before."
        )
