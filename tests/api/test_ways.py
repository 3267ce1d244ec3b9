"""How the API answers, whatever it is asked."""

from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from drf_spectacular.validation import validate_schema

from yhdys.api.reading import Pace
from yhdys.regions.models import Region

KAINUU = {"host": "kainuu.localhost"}


def problem(response: Any, status: int, path: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert (body["status"], body["instance"], body["type"]) == (status, path, "about:blank")
    return body


@pytest.mark.parametrize("host", ["localhost", "kainuu.localhost"])
@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing/", "/api/v1/regions/atlantis/figures/"])
def test_what_is_not_there_is_a_problem(kainuu: Region, client: Client, host: str, path: str) -> None:
    assert problem(client.get(path, headers={"host": host}), 404, path)["title"] == "Not Found"


def test_a_page_too_far_is_a_problem(kainuu: Region, client: Client) -> None:
    body = problem(client.get("/api/v1/bodies/?page=99", headers=KAINUU), 404, "/api/v1/bodies/")
    assert "detail" in body


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(kainuu: Region, client: Client, verb: str) -> None:
    problem(getattr(client, verb)("/api/v1/bodies/", headers=KAINUU), 405, "/api/v1/bodies/")


def test_answers_may_be_kept_and_read_by_other_sites(kainuu: Region, client: Client) -> None:
    response = client.get("/api/v1/bodies/", headers=KAINUU)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests a minute."""
    monkeypatch.setattr(Pace, "THROTTLE_RATES", {"anon": "2/min"})


def test_too_many_requests_are_a_problem_that_says_when_to_return(
    slow: None, kainuu: Region, lappi: Region, client: Client
) -> None:
    for _ in range(2):
        assert client.get("/api/v1/bodies/", headers=KAINUU).status_code == 200
    response = client.get("/api/v1/bodies/", headers=KAINUU)
    problem(response, 429, "/api/v1/bodies/")
    assert 0 < int(response["Retry-After"]) <= 61
    assert client.get("/api/v1/bodies/", headers={"host": "lappi.localhost"}).status_code == 200


def test_a_forged_forwarded_address_does_not_help(slow: None, kainuu: Region, client: Client) -> None:
    answers = [
        client.get("/api/v1/bodies/", headers=KAINUU | {"x-forwarded-for": f"10.0.0.{n}"}).status_code for n in range(3)
    ]
    assert answers == [200, 200, 429]


def test_without_the_cache_everything_can_still_be_read(
    kainuu: Region, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(cache, "get", refuse, raising=False)
    assert client.get("/api/v1/bodies/", headers=KAINUU).status_code == 200


@pytest.mark.parametrize(
    ("host", "paths"),
    [
        ("localhost", {"/api/v1/regions/", "/api/v1/regions/{slug}/figures/", "/api/v1/schema/"}),
        ("kainuu.localhost", {"/api/v1/bodies/", "/api/v1/meetings/", "/api/v1/news/", "/api/v1/schema/"}),
    ],
)
def test_each_site_describes_its_own_addresses(kainuu: Region, client: Client, host: str, paths: set[str]) -> None:
    response = client.get("/api/v1/schema/?format=json", headers={"host": host})
    assert response.status_code == 200
    schema = response.json()
    validate_schema(schema)
    assert set(schema["paths"]) == paths
