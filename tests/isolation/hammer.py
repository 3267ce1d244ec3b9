"""What hammers the regions: views that do all that may shake a connection, and requests to them from a seeded chance.

A request is a list of steps for one region's host. Its answer tells whose each step's connection was and whose mark it
read. The plan knows what the answer must be and which rows must be there in the end, so every answer is proven.
"""

import asyncio
import contextvars
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from yhdys.regions.hosts import hosts
from yhdys.tenancy.context import in_scope, scope_of
from yhdys.tenancy.models import KeptLimit

MARK = "hammer.mark"
LATER = datetime(2100, 1, 1, tzinfo=UTC)
LOOK = (
    "SELECT current_user, current_schema(), "
    "(SELECT value #>> '{}' FROM tenancy_keptlimit WHERE key = 'hammer.mark'), pg_backend_pid()"
)

type Look = list[Any]
"""Whose the connection was, as the server told: role, schema, the mark that was read, and its process."""


class Undone(Exception):
    """Undoes what came before."""


def look() -> Look:
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
        return list(cursor.fetchone())


def write(key: str) -> None:
    KeptLimit.objects.create(key=key, value="row", expires_at=LATER)


# --- Steps: each tells its looks; a key that ends in + must be there in the end, any other must not -------------------


def just_look(key: str, other: str) -> list[Look]:
    return [look()]


def read_by_query(key: str, other: str) -> list[Look]:
    """By the ORM, beside what the connection tells."""
    seen = look()
    seen[2] = KeptLimit.objects.filter(key=MARK).values_list("value", flat=True).get()
    return [seen]


def commit(key: str, other: str) -> list[Look]:
    with transaction.atomic():
        seen = look()
        write(f"{key}+")
    return [seen]


def roll_back(key: str, other: str) -> list[Look]:
    looks = []
    with suppress(Undone), transaction.atomic():
        looks.append(look())
        write(key)
        raise Undone
    return [*looks, look()]


def savepoint(key: str, other: str) -> list[Look]:
    looks = []
    with transaction.atomic():
        write(f"{key}+")
        with suppress(Undone), transaction.atomic():
            looks.append(look())
            write(key)
            raise Undone
        looks.append(look())
    return looks


def swallow(key: str, other: str) -> list[Look]:
    """The commit becomes a rollback that nobody hears of."""
    looks = []
    with transaction.atomic():
        looks.append(look())
        write(key)
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    return [*looks, look()]


def close(key: str, other: str) -> list[Look]:
    looks = []
    with suppress(Undone), transaction.atomic():
        looks.append(look())
        write(key)
        connection.close()
        raise Undone
    return [*looks, look()]


def visit(key: str, other: str) -> list[Look]:
    """Another region's code runs in between, in the same transaction."""
    looks = [look()]
    with suppress(Undone), transaction.atomic(), in_scope(scope_of(other)):
        looks.append(look())
        write(key)
        raise Undone
    return [*looks, look()]


def hop(key: str, other: str) -> list[Look]:
    """Another thread goes on with the request, on a connection of its own."""

    def run() -> Look:
        try:
            return look()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        seen = pool.submit(contextvars.copy_context().run, run).result()
    return [seen, look()]


def forget(key: str, other: str) -> list[Look]:
    """The next request looks its host up anew, as the role that may."""
    hosts.clear()
    return [look()]


@dataclass(frozen=True)
class Step:
    """What a request does, how often, and where its looks should find themselves: h at home, o at the other's."""

    do: Callable[[str, str], list[Look]]
    weight: float
    looks: str


STEPS = {
    step.do.__name__: step
    for step in (
        Step(just_look, 6, "h"),
        Step(read_by_query, 4, "h"),
        Step(commit, 4, "h"),
        Step(roll_back, 4, "hh"),
        Step(savepoint, 2, "hh"),
        Step(swallow, 4, "hh"),
        Step(close, 2, "hh"),
        Step(visit, 2, "hoh"),
        Step(hop, 0.5, "hh"),
        Step(forget, 0.2, "h"),
    )
}
WEIGHTS = [step.weight for step in STEPS.values()]
ENDINGS = {"plain": 20, "stream": 3, "fail": 2, "awaited": 0.5}
"""How a request may end, and how often."""


# --- Views ------------------------------------------------------------------------------------------------------------


def walk(asked: dict[str, Any]) -> list[Look]:
    return [
        one
        for number, (step, other) in enumerate(asked["steps"])
        for one in STEPS[step].do(f"{asked['id']}.{number}", other)
    ]


def who(request: HttpRequest) -> str:
    return getattr(request.user, "email", "")


@csrf_exempt
def hammered(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    asked = json.loads(request.body)
    looks = walk(asked)
    match asked["ending"]:
        case "fail":
            with transaction.atomic():
                write(f"{asked['id']}.failed")
                raise Undone
        case "stream":
            return StreamingHttpResponse(_streamed(looks, who(request)))
    return JsonResponse({"looks": looks, "who": who(request)})


def _streamed(looks: list[Look], user: str) -> Iterator[str]:
    yield '{"looks": ['
    for one in looks:
        yield f"{json.dumps(one)}, "
    yield f"{json.dumps(look())}], "
    yield f'"who": {json.dumps(user)}}}'


@csrf_exempt
async def awaited(request: HttpRequest) -> HttpResponse:
    asked = json.loads(request.body)
    looks = await sync_to_async(walk)(asked)
    await asyncio.sleep(0)
    looks.append(await sync_to_async(look)())
    return JsonResponse({"looks": looks, "who": await sync_to_async(who)(request)})


def failed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("failed", status=500)


urlpatterns = [path("hammer/", hammered), path("hammer/awaited/", awaited)]
handler500 = failed


# --- Requests ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A host to be hammered, and what its answers must say."""

    schema: str
    host: str
    role: str
    session: str
    """The key of a session that is good here and nowhere else."""
    user: str

    @property
    def look(self) -> Look:
        """What the server must tell whoever is here."""
        return [self.role, self.schema, self.schema]


@dataclass
class Outcome:
    """What one thread found."""

    requests: int = 0
    wrong: list[str] = field(default_factory=list)
    rows: dict[str, set[str]] = field(default_factory=dict)
    """Keys that must be there in the end, by schema."""
    served: Counter[tuple[int, str]] = field(default_factory=Counter)
    """Which process of the server looked as whom, how often."""


def run(handler: WSGIHandler, places: list[Place], seed: str, count: int) -> Outcome:
    """Send ``count`` requests, one after another, as the seed decides; compare each answer with its plan."""
    chance, outcome = random.Random(seed), Outcome(rows={place.schema: set() for place in places})
    for number in range(count):
        place, cookie = chance.choice(places), chance.choice(places)
        steps = chance.choices(list(STEPS), WEIGHTS, k=chance.choice((1, 1, 1, 1, 1, 2)))
        others = [chance.choice(places) for _ in steps]
        [ending] = chance.choices(list(ENDINGS), list(ENDINGS.values()))
        session = cookie.session if chance.random() < 0.15 else ""
        asked = {"id": f"{seed}.{number}", "ending": ending}
        asked["steps"] = [[step, other.schema] for step, other in zip(steps, others, strict=True)]
        expected: Any = (500, "failed")
        if ending != "fail":
            looks = [
                place.look if where == "h" else other.look
                for step, other in zip(steps, others, strict=True)
                for where in STEPS[step].looks
            ]
            looks += [place.look] * (ending in ("stream", "awaited"))
            expected = (200, {"looks": looks, "who": place.user if session == place.session else ""})
        try:
            answer = send(handler, place, asked, session)
            if answer[0] == 200:
                for one in answer[1]["looks"]:
                    outcome.served[one.pop(), one[1]] += 1
        except Exception as error:
            answer = (0, f"{type(error).__name__}: {error}")
        if answer != expected:
            outcome.wrong.append(f"{asked} at {place.schema}, cookie of {cookie.schema}: {answer}, not {expected}")
        outcome.rows[place.schema] |= {
            f"{asked['id']}.{index}+" for index, step in enumerate(steps) if step in ("commit", "savepoint")
        }
        outcome.requests += 1
    return outcome


def send(handler: WSGIHandler, place: Place, asked: dict[str, Any], session: str) -> tuple[int, Any]:
    """One request as a server hands it over; its body is read to the end and closed. Answers status and contents."""
    body, started = json.dumps(asked).encode(), []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/hammer/awaited/" if asked["ending"] == "awaited" else "/hammer/",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": place.host,
        "HTTP_COOKIE": f"yhdys_session={session}" if session else "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    response: Any = handler(environ, lambda status, headers, *rest: started.append(int(status[:3])))
    try:
        contents = b"".join(response)
        return started[0], json.loads(contents) if started[0] == 200 else contents.decode()
    finally:
        response.close()
