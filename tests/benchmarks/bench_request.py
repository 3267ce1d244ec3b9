"""What isolation costs a request: plain Django, django-tenants as it comes, and ours, each in a process of its own.

A request goes through Django's handler and its usual middleware to a small page that asks the database once or five
times; the region is found by the host. Plain Django has neither regions nor roles. The contenders take turns.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from statistics import median
from typing import Any

import pytest
from django.db import connections
from tests.benchmarks.measuring import Turns, in_turns, machine, processor_seconds, ratio

from yhdys.local.home import PROJECT
from yhdys.tenancy.roles import region_role

NAMES = ("plain", "stock", "ours")
REGIONS = ("kainuu", "lappi")
SAME, ROTATING = ["kainuu.localhost"], [f"{region}.localhost" for region in REGIONS]
PAGES = {"1 query": "/notes/1/", "5 queries": "/notes/5/", "1 query and its type": "/typed/"}
KEYS = {
    "ours rotating": "rotating_vs_plain",
    "ours same region": "same_region_vs_plain",
    "stock rotating": "stock_rotating_vs_plain",
}
ROUNDS = 40
REQUESTS = 10
THREADS = 8
NOTES = 5


@pytest.fixture
def notes(committed: None) -> Iterator[None]:
    """A small table in both regions."""
    owner = connections["owner"]
    try:
        with owner.cursor() as cursor:
            for region in REGIONS:
                role = region_role(owner.settings_dict["NAME"], region)
                cursor.execute(
                    f"CREATE TABLE {region}.bench_note (id uuid PRIMARY KEY DEFAULT uuidv7(), "
                    "created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), "
                    "number int NOT NULL UNIQUE, region varchar(40) NOT NULL, text text NOT NULL); "
                    f"INSERT INTO {region}.bench_note (number, region, text) "
                    f"SELECT n, '{region}', repeat('Neuvottelukunta. ', 20) FROM generate_series(0, {NOTES - 1}) n; "
                    f"GRANT SELECT ON {region}.bench_note TO {role}; ANALYZE {region}.bench_note"
                )
        yield
    finally:
        with owner.cursor() as cursor:
            for region in REGIONS:
                cursor.execute(f"DROP TABLE IF EXISTS {region}.bench_note")


class Contender:
    """A process that makes requests of itself when it is told to."""

    def __init__(self, name: str, *, pool: bool) -> None:
        self.settings = f"tests.benchmarks.contenders.{name}"
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "YHDYS_BENCH_POOL": "1" if pool else "",
        }
        command = [sys.executable, "-m", "tests.benchmarks.contenders.run"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=env
        )

    def ready(self) -> None:
        """Wait until it is."""
        assert self._line() == "ready"

    def __call__(self, *, spent: list[float], **task: Any) -> float:
        """The seconds that a task took by the clock; those of processors, its own and the database's, go to ``spent``.

        Raises RuntimeError when it could not be done, or was answered wrongly.
        """
        assert self.process.stdin is not None
        before = self._database()
        print(json.dumps(task), file=self.process.stdin, flush=True)
        seconds, used = json.loads(self._line())
        spent.append(used + sum(now - before.get(pid, 0) for pid, now in self._database().items()))
        return float(seconds)

    def _database(self) -> dict[int, float]:
        """The processor time of the database's processes that serve it."""
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = %s", [self.settings])
            return {pid: processor_seconds(pid) for (pid,) in cursor.fetchall()}

    def _line(self) -> str:
        assert self.process.stdout is not None
        if not (line := self.process.stdout.readline()):
            raise RuntimeError("The contender ended; what it said stands above.")
        return line.strip()

    def end(self) -> None:
        self.process.communicate()


@contextmanager
def contenders(*, pool: bool) -> Iterator[dict[str, Contender]]:
    """All of them, ready, and ended at the end."""
    with ExitStack() as stack:
        started = {}
        for name in NAMES:
            started[name] = Contender(name, pool=pool)
            stack.callback(started[name].end)
            started[name].ready()
        yield started


class Race:
    """The same task for all, plain Django in its one region, the others in one and in two that alternate."""

    def __init__(self, among: dict[str, Contender], **task: Any) -> None:
        works = {"plain": (among["plain"], SAME)}
        for name in NAMES[1:]:
            works |= {f"{name} same region": (among[name], SAME), f"{name} rotating": (among[name], ROTATING)}
        spent: Turns = {name: [] for name in works}
        self.clock = in_turns(
            {name: partial(who, spent=spent[name], hosts=hosts, **task) for name, (who, hosts) in works.items()},
            rounds=ROUNDS,
        )
        self.processor = {name: times[1:] for name, times in spent.items()}

    def tell(self, what: str, each: int, figures: dict[str, float], suffix: str) -> None:
        """Print the ratios to plain Django and keep the figures."""
        for name, times in self.clock.items():
            by_clock, by_processor = (ratio(turns[name], turns["plain"]) for turns in (self.clock, self.processor))
            print(
                f"  {what:<20} {name:<18} {median(times) / each * 1e6:7.0f} µs   {by_clock:5.2f} × plain    processor "
                f"{median(self.processor[name]) / each * 1e6:6.0f} µs   {by_processor:5.2f} × plain"
            )
            if name in KEYS:
                figures[KEYS[name] + suffix] = round(by_clock, 3)
                figures[f"{KEYS[name]}_processor{suffix}"] = round(by_processor, 3)


def bench_request(notes: None, figures: dict[str, float]) -> None:
    print(f"\nrequest — {machine()}; {REQUESTS} requests a turn, {ROUNDS} turns, median of each turn's ratio")
    with contenders(pool=False) as among:
        for what, path in PAGES.items():
            race = Race(among, work="requests", path=path, count=REQUESTS)
            # The figures without a suffix are those of one query, where isolation weighs most.
            race.tell(what, REQUESTS, figures, "" if what == "1 query" else f"_{what.replace(' ', '_')}")
        for each in (1, 5):
            Race(among, work="queries", each=each, count=REQUESTS).tell(
                f"bare, {each} a region", REQUESTS, figures, f"_bare_{each}"
            )
    with contenders(pool=True) as among:
        count = REQUESTS * THREADS
        race = Race(among, work="requests", path=PAGES["1 query"], count=count, threads=THREADS)
        race.tell(f"{THREADS} threads, pool", count, figures, "_pool")
        for name, key in (("ours", ""), ("stock", "stock_")):
            told = ratio(race.clock["plain"], race.clock[f"{name} rotating"])
            figures[f"{key}throughput_vs_plain_pool"] = round(told, 3)
            print(f"  {THREADS} threads, pool     {name} rotating: {told:.2f} × the throughput of plain Django")
