"""Which host leads where, and what an unknown or a suspended one answers."""

import threading
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from structlog.testing import capture_logs

from yhdys.regions import hosts as listening
from yhdys.regions.hosts import HostCache, hosts
from yhdys.regions.models import Domain, Region
from yhdys.tenancy.context import current_schema, current_scope, in_national
from yhdys.tenancy.middleware import RegionMiddleware


def schema_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_schema())


def ask(host: str, view: Any = schema_view) -> Any:
    return RegionMiddleware(view)(RequestFactory().get("/", headers={"host": host}))


@pytest.mark.parametrize(
    ("host", "schema"),
    [
        ("kainuu.localhost", b"kainuu"),
        ("KAINUU.localhost:8000", b"kainuu"),
        ("lappi.localhost.", b"lappi"),
        ("localhost:8000", b"public"),
    ],
)
def test_a_host_leads_to_its_region(kainuu: Region, host: str, schema: bytes) -> None:
    assert ask(host).content == schema
    assert current_scope() is None


@pytest.mark.parametrize(
    "host",
    ["", "nowhere.localhost", "kainuu", "kainuu.localhost.evil.example", "xkainuu.localhost", "127.0.0.1", "[::1]", "%",
     "\x00"],
)  # fmt: skip
def test_an_unknown_host_gets_a_plain_404_that_names_no_region(kainuu: Region, host: str) -> None:
    response = ask(host)
    assert response.status_code == 404
    assert b"ainuu" not in response.content
    assert "no-store" in response["Cache-Control"]


def test_a_suspended_region_answers_503_with_a_sentence(lappi: Region) -> None:
    with in_national():
        Region.objects.filter(pk=lappi.pk).update(state=Region.State.SUSPENDED)
    response = ask("lappi.localhost")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert ask("kainuu.localhost").status_code == 200


def test_answers_are_remembered_and_forgotten(kainuu: Region, django_assert_num_queries: Any) -> None:
    hosts.clear()
    with django_assert_num_queries(2):
        assert hosts.find("kainuu.localhost") is not None
        assert hosts.find("nobody.localhost") is None
    with django_assert_num_queries(0):
        assert hosts.find("kainuu.localhost") is not None
        assert hosts.find("nobody.localhost") is None
    with in_national():
        Domain.objects.filter(domain="kainuu.localhost").update(domain="kajaani.localhost")
    hosts.clear()
    assert hosts.find("kainuu.localhost") is None
    assert hosts.find("kajaani.localhost") is not None


def test_the_memory_is_bounded(kainuu: Region) -> None:
    cache = HostCache(size=3)
    for number in range(10):
        cache.find(f"scan{number}.localhost")
    assert len(cache._answers) == 3


@pytest.mark.parametrize("ends", [False, True])
def test_a_lost_listener_is_told_unless_the_process_ends(
    settings: Any, monkeypatch: pytest.MonkeyPatch, ends: bool
) -> None:
    monkeypatch.setattr(listening, "_ending", threading.Event())
    monkeypatch.setattr(listening, "MAX_AGE", 0)
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    if ends:
        listening.stop_listening()
    with capture_logs() as told:
        HostCache()._forget_on_message()
    assert [one["event"] for one in told] == ([] if ends else ["regions.no_change_messages"])


def test_a_page_of_a_region_is_not_a_page_of_another_host(kainuu: Region) -> None:
    assert Client().get("/", headers={"host": "nowhere.localhost"}).status_code == 404
