"""What isolation costs a request: the same queries on plain Django and on ours.

Prints ratios to plain Django, whose connection stays in one schema as one role.
"""

from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PlainWrapper
from tests.benchmarks.measuring import interleaved, machine

from yhdys.tenancy.context import in_region
from yhdys.tenancy.roles import region_role

REQUESTS = 400
QUERY = "SELECT id, council_name_fi, accent FROM site_regionsettings"


@pytest.fixture
def plain(committed: None) -> Iterator[PlainWrapper]:
    """Django's own backend, which became Kainuu once and stays so."""
    settings = connections["default"].settings_dict
    wrapper = PlainWrapper({**settings, "OPTIONS": {}, "CONN_HEALTH_CHECKS": False}, "plain")
    with wrapper.cursor() as cursor:
        cursor.execute(f'SET ROLE "{region_role(settings["NAME"], "kainuu")}"; SET search_path TO kainuu, public')
    yield wrapper
    wrapper.close()


def requests_in(schemas: list[str], queries: int) -> Callable[[], None]:
    ours = connections["default"]

    def run() -> None:
        turns = cycle(schemas)
        for _ in range(REQUESTS):
            with in_region(next(turns)):
                for _ in range(queries):
                    with ours.cursor() as cursor:
                        cursor.execute(QUERY)
                        cursor.fetchall()

    return run


def requests_on(plain: PlainWrapper, queries: int) -> Callable[[], None]:
    def run() -> None:
        for _ in range(REQUESTS * queries):
            with plain.cursor() as cursor:
                cursor.execute(QUERY)
                cursor.fetchall()

    return run


def bench_request(plain: PlainWrapper) -> None:
    print(f"\nrequest — {machine()}; {REQUESTS} requests a turn, median of 15 turns")
    for queries in (1, 5):
        seconds = interleaved(
            {
                "plain": requests_on(plain, queries),
                "same region": requests_in(["kainuu"], queries),
                "rotating": requests_in(["kainuu", "lappi"], queries),
            },
            rounds=15,
        )
        for name, taken in seconds.items():
            ratio = taken / seconds["plain"]
            print(f"  {queries} queries  {name:<12} {taken / REQUESTS * 1e6:8.0f} µs a request   {ratio:5.2f} × plain")
