"""Load the demonstration content."""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yhdys.core.errors import ActionRefused
from yhdys.demo.actions import load_national, load_region
from yhdys.demo.loading.accounts import DemoAccount
from yhdys.demo.reading import REGIONS
from yhdys.demo.strict import ContentError
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region

ACCOUNTS = "demo-accounts.json"


class Command(BaseCommand):
    """``load_demo [region …]``: the password of its accounts is in YHDYS_DEMO_PASSWORD."""

    help = "Load the demonstration content of the launch regions. What is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Some of the regions, or all of them."""
        parser.add_argument("region", nargs="*", help=f"of {', '.join(REGIONS)}; all of them without a name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each region, then the national staff, and write the list of accounts."""
        password = os.environ.get("YHDYS_DEMO_PASSWORD", "")
        if not password:
            raise CommandError("Set YHDYS_DEMO_PASSWORD: the demonstration's accounts get it as their password.")
        with in_national():
            regions = {region.slug: region for region in Region.objects.filter(slug__in=REGIONS)}
            people = load_national(password=password)
        for slug in options["region"] or REGIONS:
            if slug not in regions:
                raise CommandError(f"There is no region “{slug}” here. Make it first: create_region {slug}")
            try:
                with in_region(regions[slug]):
                    loaded = load_region(slug, password=password)
            except (ContentError, ActionRefused) as error:
                raise CommandError(f"{slug}: {error}") from error
            people += loaded.accounts
            self.stdout.write(f"{slug}: {loaded.made} records made" if loaded.made else f"{slug}: nothing to do")
        write_accounts(people)


def write_accounts(people: list[DemoAccount]) -> None:
    """Leave the list of accounts, without the password, in the data folder for whoever starts the demonstration."""
    path = Path(settings.YHDYS_DATA) / ACCOUNTS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(one) for one in people], ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
