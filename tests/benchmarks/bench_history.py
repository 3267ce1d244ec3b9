"""What keeping the past costs a write: the same writes in a region whose triggers are off, turn by turn.

``statement``: one UPDATE of one column; ``action``: an organisation changed as a form does, with its audit row;
``thousand``: one UPDATE of a thousand rows. Each turn is committed.
"""

from collections.abc import Callable
from itertools import count

import pytest
from django.db import connections, transaction
from tests.benchmarks.conftest import Figures
from tests.benchmarks.measuring import in_turns, machine, ratio
from tests.factories.organisations import OrganisationFactory

from yhdys.audit.tracking import past_of
from yhdys.organisations.actions import change_organisation
from yhdys.organisations.models import Organisation
from yhdys.tenancy.context import in_region
from yhdys.tenancy.provisioning import OWNER

pytestmark = pytest.mark.usefixtures("committed")

TRACKED, UNTRACKED = "kainuu", "lappi"
WRITES = 20
"""How many writes make a turn."""
numbers = count(1)


def statement(region: str) -> None:
    with in_region(region):
        for _turn in range(WRITES):
            Organisation.objects.filter(slug="bench").update(phone=str(next(numbers)))


def action(region: str) -> None:
    with in_region(region):
        for _turn in range(WRITES):
            organisation = Organisation.objects.get(slug="bench")
            organisation.phone = str(next(numbers))
            change_organisation(organisation, by=None)


def thousand(region: str) -> None:
    with in_region(region):
        Organisation.objects.exclude(slug="bench").update(phone=str(next(numbers)))


WORKS: dict[str, tuple[Callable[[str], None], int]] = {
    "statement": (statement, 60),
    "action": (action, 30),
    "thousand": (thousand, 15),
}


def bench_history(figures: Figures) -> None:
    for region in (TRACKED, UNTRACKED):
        with in_region(region), transaction.atomic():
            OrganisationFactory(slug="bench")
            OrganisationFactory.create_batch(1000)
    switch("DISABLE")
    try:
        print(f"\nhistory — {machine()}; ratios of interleaved turns, each committed")
        for name, (work, rounds) in WORKS.items():
            turns = in_turns(
                {"tracked": lambda: work(TRACKED), "untracked": lambda: work(UNTRACKED)},  # noqa: B023 - used at once
                rounds=rounds,
            )
            figures[f"{name}_tracked_vs_untracked"] = costs = ratio(turns["tracked"], turns["untracked"])
            print(f"  {name:<10} {costs:5.2f} × of the same without its past")
    finally:
        switch("ENABLE")
    with in_region(TRACKED):
        assert past_of(Organisation).objects.exists()
    with in_region(UNTRACKED):
        assert not past_of(Organisation).objects.exists()


def switch(how: str) -> None:
    """The triggers of organisations in the region that is compared with."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {UNTRACKED}.organisations_organisation {how} TRIGGER USER")
