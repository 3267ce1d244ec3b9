"""What a new region costs: by migrations, by replaying the captured structure, by renaming a spare; and after many.

The three ways take turns. How the cost grows with the number of regions cannot take turns, so it is told in processor
time, the server's and ours, where the kernel tells that.
"""

import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median

import pytest
from django.db import connections
from tests.benchmarks.measuring import in_turns, machine, processor_seconds, ratio

from yhdys.local.pytest_cluster import REGIONS
from yhdys.regions.actions import newest_template
from yhdys.tenancy import provisioning
from yhdys.tenancy.provisioning import OWNER

ROUNDS = 3
FEW, MANY = 4, int(os.environ.get("YHDYS_BENCH_REGIONS", "200"))
LOOKED_AT = 5


@pytest.fixture
def new_name(committed: None) -> Iterator[Callable[[], str]]:
    """Names for schemas; what got one is dropped at the end."""
    numbers = count(1)
    given: list[str] = []

    def new() -> str:
        given.append(f"bench_{next(numbers)}")
        return given[-1]

    yield new
    for schema in filter(provisioning.schema_exists, given):
        provisioning.drop(schema)


def migrate(schema: str) -> None:
    provisioning._run("CREATE SCHEMA {}", schema)
    provisioning.migrate(schema)


def used() -> float:
    """Processor seconds up to now: this process's and those of the database's process that serves it."""
    connections[OWNER].ensure_connection()
    return time.process_time() + processor_seconds(connections[OWNER].connection.info.backend_pid)


def cost(work: Callable[[], object]) -> float:
    before = used()
    work()
    return used() - before


def bench_provision(new_name: Callable[[], str], figures: dict[str, float]) -> None:
    template = newest_template()
    ways: dict[str, Callable[[], object]] = {
        "migrations": lambda: migrate(new_name()),
        "replay": lambda: provisioning.replay(new_name(), template),
        "spare": lambda: provisioning.claim_spare(new_name()),
    }
    provisioning.fill_spares(template, ROUNDS + 1)
    seconds = in_turns(ways, rounds=ROUNDS)
    print(f"\nprovision — {machine()}; {ROUNDS} turns")
    for way, times in seconds.items():
        speedup = ratio(seconds["migrations"], times)
        print(f"  {way:<12} {median(times) * 1000:9.2f} ms   {speedup:7.1f} × faster than migrations")
        if way != "migrations":
            figures[f"{way}_speedup"] = round(speedup, 1)
    costs_at_few, costs_at_many = growth(new_name, template)
    for way, few in costs_at_few.items():
        many = costs_at_many[way]
        key = f"{'' if way == 'replay' else f'{way}_'}cost_at_{MANY}_vs_{FEW}"
        figures[key] = round(many / few, 2)
        print(
            f"  {way:<12} {few * 1000:9.2f} ms of processors at {FEW} regions, {many * 1000:9.2f} ms at {MANY}: "
            f"{figures[key]:.2f} ×"
        )


def growth(new_name: Callable[[], str], template: provisioning.Template) -> tuple[dict[str, float], dict[str, float]]:
    """Processor seconds of a replay and of a claim, with few regions and with many."""
    for schema in schemas("bench_"):
        provisioning.drop(schema)
    fill(FEW, new_name, template)
    few = looked_at(new_name, template)
    fill(MANY, new_name, template)
    return few, looked_at(new_name, template)


def fill(wanted: int, new_name: Callable[[], str], template: provisioning.Template) -> None:
    while len(REGIONS) + len(schemas("bench_")) < wanted:
        provisioning.replay(new_name(), template)


def looked_at(new_name: Callable[[], str], template: provisioning.Template) -> dict[str, float]:
    """The median cost of each way now; the number of regions is afterwards what it was before."""
    replays, claims = [], []
    for _ in range(LOOKED_AT):
        replayed, claimed = new_name(), new_name()
        replays.append(cost(lambda name=replayed: provisioning.replay(name, template)))
        provisioning.fill_spares(template, 1)
        claims.append(cost(lambda name=claimed: provisioning.claim_spare(name)))
        provisioning.drop(replayed)
        provisioning.drop(claimed)
    return {"replay": median(replays), "spare": median(claims)}


def schemas(prefix: str) -> list[str]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY 1", [prefix])
        return [name for (name,) in cursor.fetchall()]
