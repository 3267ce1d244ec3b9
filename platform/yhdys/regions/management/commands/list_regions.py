"""Show each region's state."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from yhdys.regions.models import Region
from yhdys.tenancy import provisioning
from yhdys.tenancy.grants import tables_of


class Command(BaseCommand):
    """``list_regions``: state, host and how each schema stands beside the template."""

    help = "List regions with their state, host name and migrations."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a region; a schema that differs from the template is told."""
        wanted = self._migrations(provisioning.TEMPLATE)
        regions = Region.objects.using(provisioning.OWNER).prefetch_related("domains")
        for region in regions:
            missing = len(wanted - self._migrations(region.schema_name))
            schema = "up to date" if not missing else f"{missing} migrations behind"
            hosts = ", ".join(domain.domain for domain in region.domains.all())
            self.stdout.write(f"{region.code}  {region.name_fi:<20} {region.state:<10} {schema:<22} {hosts}")
        self.stdout.write(f"{len(regions)} regions, {len(provisioning.spares())} spare schemas")

    def _migrations(self, schema: str) -> set[tuple[str, str]]:
        owner = connections[provisioning.OWNER]
        if "django_migrations" not in tables_of(owner, schema):
            return set()
        with owner.cursor() as cursor:
            cursor.execute(f"SELECT app, name FROM {owner.ops.quote_name(schema)}.django_migrations")  # noqa: S608 - quoted
            return set(cursor.fetchall())
