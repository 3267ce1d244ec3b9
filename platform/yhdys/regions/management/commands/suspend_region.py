"""Close a region's doors, or open them again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yhdys.core.errors import ActionRefused
from yhdys.regions.actions import resume_region, suspend_region


class Command(BaseCommand):
    """``suspend_region kainuu`` and ``suspend_region kainuu --resume``."""

    help = "Suspend a region: its pages answer 503, its tasks are refused. Nothing is deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One region at a time."""
        parser.add_argument("slug")
        parser.add_argument("--resume", action="store_true", help="open the doors again")

    def handle(self, *args: Any, **options: Any) -> None:
        """A refusal is a sentence."""
        act = resume_region if options["resume"] else suspend_region
        try:
            region = act(options["slug"])
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{region.name_fi}: {region.get_state_display()}")
