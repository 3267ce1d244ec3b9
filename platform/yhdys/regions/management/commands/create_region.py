"""Make a region."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yhdys.core.errors import ActionRefused
from yhdys.regions.actions import create_region
from yhdys.regions.models import Region


class Command(BaseCommand):
    """``create_region kainuu [--host …] [--if-missing]``."""

    help = "Make a region: its schema, role, host name and first settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Names as in addresses."""
        parser.add_argument("slug", nargs="+", help="the region's name in addresses, such as kainuu")
        parser.add_argument("--host", help="a host name of its own; one region at a time")
        parser.add_argument("--if-missing", action="store_true", help="leave regions that are here already as they are")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make each; a refusal is a sentence."""
        for slug in options["slug"]:
            if options["if_missing"] and Region.objects.using("owner").filter(slug=slug).exists():
                continue
            try:
                region = create_region(slug, host=options["host"])
            except ActionRefused as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(f"{region.name_fi}: {region.domains.using('owner').get(is_primary=True).domain}")
