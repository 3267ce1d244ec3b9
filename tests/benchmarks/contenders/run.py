"""A contender in a process of its own: it works when it is told to, and answers how many seconds that took,
by the clock and of the processor.

One line of JSON is one task: ``{"work": "requests", "hosts": [...], "path": "/notes/1/", "count": 100, "threads": 1}``,
or ``"work": "queries"`` for the bare queries without a request around them.
"""

import gc
import io
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import cycle, islice
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

QUERY = "SELECT id, number, region FROM bench_note WHERE number = 0"


def environ(host: str, path: str) -> dict[str, Any]:
    """What a server tells Django of a visitor's request."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def schema_of(host: str) -> str:
    return host.partition(".")[0]


def requests(handler: Any, hosts: list[str], path: str, count: int) -> None:
    """Requests through Django's own handler, the answer read and closed. Raises ValueError for a wrong answer."""
    for host in islice(cycle(hosts), count):
        response = handler(environ(host, path), lambda status, headers: None)
        body = b"".join(response)
        response.close()
        if set(body.decode().split()[:1]) != {schema_of(host)}:
            raise ValueError(f"{host} answered {body[:200]!r}.")


def entering() -> Callable[[str], AbstractContextManager[object]]:
    """How a contender goes into a region without a request."""
    match settings.SETTINGS_MODULE.rpartition(".")[2]:
        case "ours":
            from yhdys.tenancy.context import in_region

            return in_region
        case "stock":
            return lambda schema: nullcontext(connection.set_schema(schema))
    return lambda schema: nullcontext()


def queries(enter: Callable[[str], AbstractContextManager[object]], hosts: list[str], each: int, count: int) -> None:
    for schema in islice(cycle(map(schema_of, hosts)), count):
        with enter(schema):
            for _ in range(each):
                with connection.cursor() as cursor:
                    cursor.execute(QUERY)
                    [(_id, _number, region)] = cursor.fetchall()
            if region != schema:
                raise ValueError(f"{schema} answered {region}.")


def work(task: dict[str, Any], handler: Any, pool: ThreadPoolExecutor) -> None:
    hosts, count, threads = task["hosts"], task["count"], task.get("threads", 1)
    if task["work"] == "queries":
        queries(entering(), hosts, task["each"], count)
    elif threads == 1:
        requests(handler, hosts, task["path"], count)
    else:
        # Each thread begins elsewhere, so that neighbours are in different regions.
        turns = [hosts[n % len(hosts) :] + hosts[: n % len(hosts)] for n in range(threads)]
        list(pool.map(lambda turn: requests(handler, turn, task["path"], count // threads), turns))


def main() -> None:
    handler = get_wsgi_application()
    pool = ThreadPoolExecutor(8)
    gc.freeze()  # what was imported weighs on nobody's requests: the contenders differ in it
    print("ready", flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        start, used = time.perf_counter(), time.process_time()
        work(task, handler, pool)
        print(json.dumps([time.perf_counter() - start, time.process_time() - used]), flush=True)


if __name__ == "__main__":
    main()
