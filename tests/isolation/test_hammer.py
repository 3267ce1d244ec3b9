"""Eight threads, random regions, and everything that may shake a connection: not one wrong answer.

``./up check isolation --hammer 100000`` for longer, ``--seed`` for the requests of an earlier run once more.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections, connection
from django.test import Client
from tests.factories.accounts import UserFactory
from tests.isolation import hammer
from tests.isolation.hammer import LATER, MARK, Outcome, Place

from yhdys.regions.actions import create_region, newest_template
from yhdys.regions.models import Region
from yhdys.tenancy import provisioning
from yhdys.tenancy.context import NATIONAL, PUBLIC, in_scope, scope_of
from yhdys.tenancy.models import KeptLimit

IN_CI = 20_000
WITHOUT_A_PROTECTION = 400
"""Enough for the first wrong answer, by far."""
THREADS = 8
MORE_REGIONS = ("uusimaa", "satakunta", "pirkanmaa")


@pytest.fixture
def places(committed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Place]]:
    """Five regions and the national site, each with its mark, its user and a session."""
    for slug in MORE_REGIONS:
        create_region(slug)
    monkeypatch.setattr(settings, "ROOT_URLCONF", "tests.isolation.hammer")
    monkeypatch.setattr(settings, "REGION_URLCONF", "tests.isolation.hammer")
    logging.disable()
    with in_scope(NATIONAL):
        schemas = [*Region.objects.values_list("schema_name", flat=True), PUBLIC]
    yield [_place(schema) for schema in schemas]
    logging.disable(logging.NOTSET)
    connection.close()
    provisioning.fill_spares(newest_template(), 3)


def _place(schema: str) -> Place:
    scope, host = scope_of(schema), settings.YHDYS_DOMAIN if schema == PUBLIC else f"{schema}.{settings.YHDYS_DOMAIN}"
    with in_scope(scope):
        KeptLimit.objects.create(key=MARK, value=schema, expires_at=LATER)
        user = UserFactory.create(email=f"{schema}@esimerkki.example")
        client = Client(HTTP_HOST=host)
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Place(schema, host, scope.role_in(connection.settings_dict["NAME"]), session, user.email)


def together(places: list[Place], seed: int, count: int) -> list[Outcome]:
    """The threads' outcomes. Each has a chance of its own, so that the seed says what each one sends."""
    handler = WSGIHandler()

    def one(thread: int) -> Outcome:
        try:
            return hammer.run(handler, places, f"{seed}.{thread}", count // THREADS)
        finally:
            close_old_connections()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.mark.falls_without("only the server's word", "a scope for each thread")
def test_not_one_wrong_answer(
    places: list[Place], taken_away: str | None, pytestconfig: pytest.Config, tell: Callable[[str, str], None]
) -> None:
    seed = pytestconfig.getoption("seed") or random.randrange(1_000_000_000)
    count = WITHOUT_A_PROTECTION if taken_away else pytestconfig.getoption("hammer", None) or IN_CI
    began = time.monotonic()
    outcomes = together(places, seed, count)
    seconds = time.monotonic() - began

    wrong = [one for outcome in outcomes for one in outcome.wrong]
    assert wrong == [], f"{len(wrong)} wrong answers, --seed {seed}; the first: {wrong[0]}"
    for place in places:
        with in_scope(scope_of(place.schema)):
            kept = set(KeptLimit.objects.exclude(key=MARK).values_list("key", flat=True))
        assert kept == {key for outcome in outcomes for key in outcome.rows[place.schema]}, f"--seed {seed}"

    served: Counter[tuple[int, str]] = sum((outcome.served for outcome in outcomes), Counter())
    regions_of = Counter(process for process, _schema in served)
    busy = [process for process in regions_of if sum(n for (one, _), n in served.items() if one == process) > 100]
    assert busy, "connections are used again"
    assert all(regions_of[process] == len(places) for process in busy), "and each of them serves all regions"
    if taken_away is None:
        requests = sum(outcome.requests for outcome in outcomes)
        tell(
            "The hammer:",
            f"  {requests} requests to {len(places)} sites from {THREADS} threads over {len(regions_of)} "
            f"connections in {seconds:.0f} s ({requests / seconds:.0f} a second), {sum(served.values())} looks, "
            f"no wrong answer; --seed {seed}",
        )
