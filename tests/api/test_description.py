"""The API against its own description: made-up requests, sound and unsound, find no failure and no undocumented answer.

The seed is told at the end of the run; ``API_SEED=…`` repeats it. ``API_EXAMPLES=…`` asks each operation more often,
``API_SECONDS=…`` longer.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.api.conftest import program_of
from tests.factories.accounts import user_with_role
from tests.factories.meetings import convened_meeting, held_meeting, ready_meeting, secretary_of
from tests.factories.news import ArticleFactory
from tests.factories.organisations import OrganisationFactory

from yhdys.accounts.models import StaffRole
from yhdys.api.pace import Pace
from yhdys.api.schema import description_of
from yhdys.regions.models import Region
from yhdys.tenancy.context import Scope, in_national, in_region, in_scope, require_scope

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
SECONDS = float(os.environ.get("API_SECONDS", "25"))
"""After so long no further operation is asked, on either site."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture(autouse=True)
def no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "THROTTLE_RATES", {"anon": "100000/min", "token": "100000/min"})


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request of the server's own handler would give the test's connection back."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def chosen_seed(tell: Callable[[str, str], None]) -> int:
    number = int(os.environ.get("API_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
    tell("schemathesis", f"API_SEED={number}")
    return number


def attack(urlconf: str, scope: Scope, headers: dict[str, str], keys: dict[str, list[str]], number: int) -> int:
    """Ask every operation; each example is rolled back. Returns how many requests there were."""
    with in_scope(scope):
        schema = schemathesis.openapi.from_dict(description_of(urlconf))
    schema.app = WSGIHandler()
    count = 0

    def ask(operation: Any, mode: GenerationMode) -> None:
        known = keys.get(operation.path.split("/")[3], [])

        @seed(number)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(
            case=operation.as_strategy(generation_mode=mode), real=st.booleans(), key=st.randoms(use_true_random=False)
        )
        def example(case: Any, real: bool, key: random.Random) -> None:
            nonlocal count
            count += 1
            named = dict(headers)
            for name in set(case.path_parameters or {}) & {"id", "slug"}:
                if known and real:
                    case.path_parameters[name] = key.choice(known)
            if real and operation.method != "get":
                named["If-Match"] = "*"
            with in_scope(scope), transaction.atomic():
                try:
                    answer = case.call(headers=named)
                    case.validate_response(answer, checks=CHECKS, headers=named)
                finally:
                    transaction.set_rollback(True)

        with suppress(Unsatisfiable):  # nothing that this operation takes can be sent wrongly
            example()

    asked = [(found.ok(), mode) for found in schema.get_all_operations() for mode in MODES]
    random.Random(number).shuffle(asked)  # when the time is over, other operations were asked than in the run before
    began = time.monotonic()
    for operation, mode in asked:
        if time.monotonic() - began > SECONDS:
            break
        ask(operation, mode)
    return count


def test_a_regions_api_is_as_described(kainuu: Region, chosen_seed: int, tell: Callable[[str, str], None]) -> None:
    with in_region(kainuu):
        ready, called, held = ready_meeting(), convened_meeting(), held_meeting()
        user = secretary_of(called.body)
        StaffRole.objects.create(user=user, role=StaffRole.Role.EDITOR)
        program = program_of(user)
        articles = [ArticleFactory.create(), ArticleFactory.create(published=True)]
        meetings = [ready, called, held]
        keys = {
            "meetings": [str(meeting.pk) for meeting in meetings],
            "agenda-items": [str(item.pk) for meeting in meetings for item in meeting.agenda_items.all()],
            "news": [str(article.pk) for article in articles],
            "organisations": [str(OrganisationFactory.create().pk)],
            "terms": [str(meeting.term_id) for meeting in meetings],
            "bodies": [meeting.body.slug for meeting in meetings],
        }
        scope = require_scope()
    headers = {"Host": "kainuu.localhost", "Authorization": program.headers["authorization"]}
    count = attack("yhdys.config.urls_region", scope, headers, keys, chosen_seed)
    tell("schemathesis", f"{count} requests to a region")
    assert count > 0


def test_the_nations_api_is_as_described(kainuu: Region, chosen_seed: int, tell: Callable[[str, str], None]) -> None:
    with in_national():
        program = program_of(user_with_role(StaffRole.Role.EDITOR), host="localhost")
        scope = require_scope()
    headers = {"Host": "localhost", "Authorization": program.headers["authorization"]}
    count = attack("yhdys.config.urls_national", scope, headers, {"regions": ["kainuu", "uusimaa"]}, chosen_seed)
    tell("schemathesis", f"{count} requests to the nation")
    assert count > 0
