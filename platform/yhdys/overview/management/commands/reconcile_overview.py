"""Tell the nation everything anew, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yhdys.overview.actions import push
from yhdys.tenancy.context import in_region
from yhdys.tenancy.hosting import schemas_at_work


class Command(BaseCommand):
    """``reconcile_overview [region …]``: what beat does every night."""

    help = "Count every figure and list every published item of the regions anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """Regions by their names in addresses; none means all that are at work."""
        parser.add_argument("regions", nargs="*", metavar="region")

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction a region. Raises CommandError for a region that is not at work."""
        at_work = schemas_at_work()
        wanted = [slug.replace("-", "_") for slug in options["regions"]] or at_work
        if unknown := sorted(set(wanted) - set(at_work)):
            raise CommandError(f"No region at work: {', '.join(unknown)}.")
        for schema in wanted:
            with in_region(schema):
                pushed = push()
            if pushed:
                self.stdout.write(f"{schema}: {pushed.figures} figures and {pushed.items} items were told otherwise.")
        self.stdout.write(f"The overview of {len(wanted)} regions was counted anew.")
