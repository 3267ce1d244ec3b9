"""How the API answers, whatever it is asked."""

from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client
from drf_spectacular.validation import validate_schema
from tests.api.conftest import Program
from tests.factories.councils import BodyFactory
from tests.factories.news import ArticleFactory

from yhdys.api.pace import Pace
from yhdys.api.v1.councils import BodiesView
from yhdys.regions.actions import suspend_region
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

KAINUU = {"host": "kainuu.localhost"}


def problem(response: Any, status: int, path: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert (body["status"], body["instance"], body["type"]) == (status, path, "about:blank")
    return body


@pytest.mark.parametrize("host", ["localhost", "kainuu.localhost"])
@pytest.mark.parametrize("path", ["/api/", "/api/v2/news/", "/api/v1/nothing/", "/api/v1/regions/atlantis/figures/"])
def test_what_is_not_there_is_a_problem(kainuu: Region, client: Client, host: str, path: str) -> None:
    assert problem(client.get(path, headers={"host": host}), 404, path)["title"] == "Not Found"


@pytest.mark.parametrize("path", ["/api/", "/api/v2/news/", "/api/v1/nothing/"])
def test_what_is_not_there_is_not_there_to_be_changed(kainuu: Region, path: str) -> None:
    problem(Program().send("POST", path, {}), 404, path)


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_what_is_only_read_cannot_be_changed(kainuu: Region, client: Client, verb: str) -> None:
    problem(getattr(client, verb)("/api/v1/bodies/", headers=KAINUU), 405, "/api/v1/bodies/")


def test_answers_may_be_kept_and_read_by_other_sites(kainuu: Region, client: Client) -> None:
    response = client.get("/api/v1/bodies/", headers=KAINUU)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two requests a minute."""
    monkeypatch.setattr(Pace, "THROTTLE_RATES", {"anon": "2/min", "token": "3/min"})


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
        ("kainuu.localhost", {"/api/v1/bodies/", "/api/v1/meetings/{id}/agenda/", "/api/v1/news/", "/api/v1/schema/"}),
    ],
)
def test_each_site_describes_its_own_addresses(kainuu: Region, client: Client, host: str, paths: set[str]) -> None:
    response = client.get("/api/v1/schema/", headers={"host": host})
    assert response.status_code == 200
    schema = response.json()
    validate_schema(schema)
    assert paths < set(schema["paths"])


def test_a_mistake_of_ours_is_a_problem_that_tells_nothing(kainuu: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(BodiesView, "get_queryset", fail)
    response = Program().get("bodies/")
    body = problem(response, 500, "/api/v1/bodies/")
    assert set(body) == {"type", "title", "status", "instance"}


def test_a_page_for_people_keeps_its_own_error(kainuu: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("yhdys.web.public.news.views.render", fail)
    response = Program().get("/uutiset/")
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")


def test_a_closed_region_answers_a_program_as_a_program(kainuu: Region) -> None:
    suspend_region("kainuu")
    assert problem(Program().get("bodies/"), 503, "/api/v1/bodies/")["title"] == "Service Unavailable"


def test_nothing_but_json_is_spoken(kainuu: Region) -> None:
    problem(Program().get("bodies/", accept="text/html"), 406, "/api/v1/bodies/")


@pytest.mark.parametrize(
    ("accept", "sentence"),
    [("en", "Give a number"), ("sv;q=0.5,en;q=0.9", "Give a number"), ("sv-FI", "Ange"), ("de", "Anna"), ("", "Anna")],
)
def test_sentences_are_in_the_language_asked_for(kainuu: Region, accept: str, sentence: str) -> None:
    response = Program().get("bodies/?page_size=1000", accept_language=accept)
    body = problem(response, 400, "/api/v1/bodies/")
    assert body["errors"]["page_size"][0].startswith(sentence)


def test_addresses_are_the_same_in_every_language(kainuu: Region) -> None:
    with in_region(kainuu):
        BodyFactory.create()
    finnish, swedish = (Program().get("bodies/", accept_language=code) for code in ("fi", "sv"))
    assert finnish.content == swedish.content


@pytest.mark.parametrize("path", ["bodies/", "meetings/", "news/"])
@pytest.mark.parametrize("size", ["0", "101", "-1", "many", "1e3", "٣", ""])
def test_a_size_out_of_bounds_is_a_problem(kainuu: Region, path: str, size: str) -> None:
    assert "page_size" in problem(Program().get(f"{path}?page_size={size}"), 400, f"/api/v1/{path}")["errors"]


def test_a_cursor_is_good_for_its_own_list_alone(kainuu: Region, lappi: Region) -> None:
    for region in (kainuu, lappi):
        with in_region(region):
            for _n in range(3):
                ArticleFactory.create(published=True)
    cursor = Program().told("news/?page_size=1")["next"].partition("?")[2]
    assert Program().get(f"news/?{cursor}").status_code == 200
    for program, path in ((Program("lappi.localhost"), "news/"), (Program(), "meetings/")):
        assert "cursor" in problem(program.get(f"{path}?{cursor}"), 400, f"/api/v1/{path}")["errors"]


@pytest.mark.parametrize("cursor", ["", "x", "%00", "cD0yMDIw", "a:b:c", "%F0%9F%98%80" * 200])
def test_a_made_up_cursor_is_a_problem(kainuu: Region, cursor: str) -> None:
    assert "cursor" in problem(Program().get(f"news/?cursor={cursor}"), 400, "/api/v1/news/")["errors"]
