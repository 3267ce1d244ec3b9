"""Loading the demonstration content through the same actions that people use."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from yhdys.audit.tracking import own_dates
from yhdys.demo.loading import accounts, news, organisations, site
from yhdys.demo.loading.accounts import DemoAccount
from yhdys.demo.loading.council import CouncilLoader
from yhdys.demo.loading.meetings import MeetingsLoader
from yhdys.demo.loading.store import Store
from yhdys.demo.loading.story import Story
from yhdys.demo.reading import read
from yhdys.overview.actions import push
from yhdys.tenancy.context import require_scope


@dataclass(frozen=True)
class LoadedRegion:
    """What one run did in one region."""

    made: int
    """Records made in this run; 0 when everything was there."""
    accounts: list[DemoAccount]


def load_region(slug: str, *, password: str) -> LoadedRegion:
    """Load what the current region lacks of its content: all of it, or nothing when something fails.

    Letters of the past are recorded as not sent. Raises ContentError for a fault in the files, NoScope outside a
    region, ActionRefused where the content breaks a rule.
    """
    require_scope()
    content = read(slug)
    # Slugs, audit names and letters of the past are Finnish, whatever the language of whoever runs this.
    with transaction.atomic(), own_dates(), translation.override("fi"):
        store = Store()
        site.load(content.settings, store)
        organisations.load(content.organisations, store)
        story = Story()
        CouncilLoader(content, store, story).load()
        meetings = MeetingsLoader(content, store, story)
        meetings.load()
        story.tell()
        meetings.load_coming()
        news.load(content.news, store)
        people = accounts.load(content, store, password)
        if store.made:
            push()
    return LoadedRegion(made=store.made, accounts=people)


@transaction.atomic
def load_national(*, password: str) -> list[DemoAccount]:
    """The national programme's staff. Run on the national site."""
    return accounts.load_national(password)
