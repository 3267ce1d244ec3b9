"""What a new region costs: by migrations, by replaying the captured structure, by renaming a spare."""

from itertools import count

import pytest
from tests.benchmarks.measuring import interleaved, machine

from yhdys.regions.actions import newest_template
from yhdys.tenancy import provisioning

pytestmark = pytest.mark.usefixtures("committed")


def bench_provision() -> None:
    template = newest_template()
    numbers = count(1)
    made: list[str] = []

    def name(way: str) -> str:
        made.append(f"bench_{way}_{next(numbers)}")
        return made[-1]

    def migrate() -> None:
        schema = name("m")
        provisioning._run("CREATE SCHEMA {}", schema)
        provisioning.migrate(schema)

    rounds = 5
    provisioning.fill_spares(template, rounds + 2)
    try:
        seconds = interleaved(
            {
                "migrations": migrate,
                "replay": lambda: provisioning.replay(name("r"), template),
                "spare": lambda: provisioning.claim_spare(name("s")),
            },
            rounds=rounds,
        )
    finally:
        for schema in filter(provisioning.schema_exists, made):
            provisioning.drop(schema)
    print(f"\nprovision — {machine()}; median of {rounds} turns")
    for way, taken in seconds.items():
        print(f"  {way:<12} {taken * 1000:9.2f} ms   {seconds['migrations'] / taken:7.1f} × faster than migrations")
