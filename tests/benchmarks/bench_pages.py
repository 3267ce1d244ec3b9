"""What a public page costs, kept and made anew, beside a bare Django view and a bare WSGI reply.

All four are asked by the same clients over connections that stay, from the same server as ``./up`` runs, in turns.
"""

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.benchmarks.conftest import Figures
from tests.benchmarks.measuring import in_turns, machine, ratio
from tests.serving import connect, environment, message, reply, served

from yhdys.local.home import PROJECT
from yhdys.meetings.queries import public_meetings
from yhdys.news.models import Article
from yhdys.tenancy.context import in_region

HOST, ACCEPTED = "kainuu.localhost", "Accept-Encoding: gzip, deflate, br"
WSGI, DJANGO = "a bare WSGI reply", "a bare Django view"
CLIENTS = 4
ROUNDS = 7
QUICK, SLOW = 400, 24
"""Requests of a turn to what answers at once, and to what makes a page."""


@pytest.fixture
def paths(committed: None) -> dict[str, str]:
    """The four pages of Kainuu's demonstration that are measured."""
    command = [sys.executable, "-m", "yhdys.config.cli", "load_demo", "kainuu"]
    env = environment(YHDYS_DEMO_PASSWORD="rehti-kahvila-17")
    subprocess.run(command, check=True, env=env, cwd=PROJECT, capture_output=True)
    with in_region("kainuu"):
        meeting, article = public_meetings().past().first(), Article.objects.published().first()
        assert meeting is not None
        assert article is not None
        return {
            "front": "/",
            "council": "/neuvottelukunta/",
            "meeting": f"/kokoukset/{meeting.slug}/",
            "news": f"/uutiset/{article.slug}/",
        }


def ask(port: int, path: str, times: int) -> Callable[[], None]:
    """Work that asks for a page so many times, over as many connections as there are clients."""
    request = message(path, HOST, ACCEPTED)

    def client(_number: int) -> None:
        with connect(port) as connection:
            for _ in range(times // CLIENTS):
                connection.sendall(request)
                head, _body = reply(connection)
                assert head.startswith("HTTP/1.1 200"), head

    def run() -> None:
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(client, range(CLIENTS)))

    return run


def length_of(port: int, path: str) -> int:
    """The bytes of a kept page's body as it goes out."""
    with connect(port) as connection:
        for _ in range(2):
            connection.sendall(message(path, HOST, ACCEPTED))
            head, body = reply(connection)
    assert "Cache-Status: yhdys; hit" in head
    return len(body)


@pytest.fixture
def servers(paths: dict[str, str], tmp_path: Path) -> Iterator[dict[str, int]]:
    """The ports of Yhdys with and without kept pages, and of what they are measured against."""
    with ExitStack() as stack:
        kept = stack.enter_context(served(tmp_path, "kept"))
        made = stack.enter_context(served(tmp_path, "made", YHDYS_KEEP_PAGES="false"))
        size = str(round(statistics.mean(length_of(kept, path) for path in paths.values())))
        django = stack.enter_context(served(tmp_path, "django", "tests.benchmarks.bare:django()", BARE_BYTES=size))
        wsgi = stack.enter_context(served(tmp_path, "wsgi", "tests.benchmarks.bare:wsgi", BARE_BYTES=size))
        yield {"kept": kept, "made": made, "django": django, "wsgi": wsgi}


def bench_pages(servers: dict[str, int], paths: dict[str, str], figures: Figures) -> None:
    turns = in_turns(
        {
            WSGI: ask(servers["wsgi"], "/", QUICK),
            DJANGO: ask(servers["django"], "/", QUICK),
            **{f"{name} kept": ask(servers["kept"], path, QUICK) for name, path in paths.items()},
            **{f"{name} made": ask(servers["made"], path, SLOW) for name, path in paths.items()},
        },
        rounds=ROUNDS,
    )
    each = {name: [one / (SLOW if name.endswith("made") else QUICK) for one in took] for name, took in turns.items()}
    kept = [statistics.mean(turn) for turn in zip(*(each[f"{name} kept"] for name in paths), strict=True)]
    made = [statistics.mean(turn) for turn in zip(*(each[f"{name} made"] for name in paths), strict=True)]
    figures["cached_vs_bare_django"] = ratio(each[DJANGO], kept)
    figures["cached_vs_bare_wsgi"] = ratio(each[WSGI], kept)
    figures["uncached_vs_bare_django"] = ratio(each[DJANGO], made)
    figures["cached_pages_per_second"] = 1 / statistics.median(kept)
    figures["uncached_pages_per_second"] = 1 / statistics.median(made)
    print(f"\npages — {machine()}; {CLIENTS} clients, median of {ROUNDS} turns")
    for name, took in each.items():
        print(f"  {name:<20} {1 / statistics.median(took):8.0f} a second   {ratio(each[DJANGO], took):6.3f} × {DJANGO}")
    for name, figure in figures.items():
        print(f"  {name:<28} {figure:10.3f}")
