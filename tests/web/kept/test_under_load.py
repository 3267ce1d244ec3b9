"""A real server, visitors and writers all at once: no page is older than the last commit, or another region's."""

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.factories.news import ArticleFactory
from tests.serving import connect, message, reply, served

from yhdys.core import clock
from yhdys.news.models import Article
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import in_region

SECONDS, PATIENCE = 6.0, 60.0
"""How long it goes on at least, and at most until enough has been seen."""
ENOUGH = 40
VISITORS, WRITERS = 4, 2
REGIONS = ("kainuu", "lappi")
PATHS = ("/", "/sv/", "/en/", "/uutiset/", "/yhteystiedot/", "/saavutettavuus/palaute/", "/uutiset/?page=1&x={}")
NAME = re.compile(r"Neuvosto (kainuu|lappi) (\d+)")
NEVER = "Neuvosto, jota ei ole"


@dataclass
class Seen:
    """What was committed, and what visitors were shown."""

    committed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(REGIONS, 0))
    wrong: list[str] = field(default_factory=list)
    how: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)
    locks: dict[str, threading.Lock] = field(default_factory=lambda: {name: threading.Lock() for name in REGIONS})


@pytest.fixture
def articles(committed: None) -> dict[str, Article]:
    """One published article of each region."""
    found = {}
    for schema in REGIONS:
        with in_region(schema), clock.at(clock.helsinki(2022, 3, 12)):
            found[schema] = ArticleFactory(title_fi="Koe", published=True)
            RegionSettings.objects.update(**named(schema, 0))
    return found


def named(schema: str, number: int) -> dict[str, str]:
    """The council's name in every language, which stands on every page."""
    return {f"council_name_{code}": f"Neuvosto {schema} {number}" for code in ("fi", "sv", "en")}


def write(seen: Seen, articles: dict[str, Article], numbers: Callable[[], int]) -> None:
    """Rename councils, withdraw and publish articles; now and then think better of it before the commit."""
    try:
        while not seen.over.is_set():
            schema = random.choice(REGIONS)
            with seen.locks[schema], in_region(schema):
                number = numbers()
                with transaction.atomic():
                    RegionSettings.objects.update(council_name_fi=NEVER, council_name_sv=NEVER, council_name_en=NEVER)
                    transaction.set_rollback(True)
                state = "published" if number % 2 else "withdrawn"
                with transaction.atomic():
                    RegionSettings.objects.update(**named(schema, number))
                    Article.objects.filter(pk=articles[schema].pk).update(state=state)
                seen.committed[schema] = number
            time.sleep(random.uniform(0, 1.5))
    finally:
        connection.close()


def visit(port: int, seen: Seen, articles: dict[str, Article]) -> None:
    """Ask for pages, and judge each by what had been committed before it was asked for."""
    with connect(port) as connected:
        while not seen.over.is_set():
            schema = random.choice(REGIONS)
            path = random.choice([*PATHS, f"/uutiset/{articles[schema].slug}/"]).format(random.random())
            before = seen.committed[schema]
            connected.sendall(message(path, f"{schema}.localhost"))
            head, body = reply(connected)
            found = NAME.search(body.decode())
            if found is None or found[1] != schema or int(found[2]) < before or NEVER in body.decode():
                seen.wrong.append(f"{schema}{path}: {head.split()[1]}, {found and found[0]}, committed {before}")
            seen.how["kept" if "Cache-Status: yhdys; hit" in head else "made"] += 1


def wait_for_enough(seen: Seen) -> None:
    """A busy machine needs its time, and processes that have just started theirs."""
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < PATIENCE and not seen.wrong:
        if passed > SECONDS and min(seen.how["kept"], seen.how["made"]) >= ENOUGH:
            return
        time.sleep(0.1)


def test_nobody_sees_an_old_page_or_another_regions(
    articles: dict[str, Article], tmp_path: Path, tell: Callable[[str, str], None]
) -> None:
    seen, numbers = Seen(), count(1)
    with served(tmp_path, "web") as port:
        threads = [
            *(threading.Thread(target=write, args=(seen, articles, lambda: next(numbers))) for _ in range(WRITERS)),
            *(threading.Thread(target=visit, args=(port, seen, articles)) for _ in range(VISITORS)),
        ]
        for thread in threads:
            thread.start()
        wait_for_enough(seen)
        seen.over.set()
        for thread in threads:
            thread.join()
    told = ", ".join(f"{times} {how}" for how, times in sorted(seen.how.items()))
    tell("Public pages under load", f"{told}, while {next(numbers) - 1} changes were committed")
    assert seen.wrong == []
    assert min(seen.how["kept"], seen.how["made"]) >= ENOUGH
