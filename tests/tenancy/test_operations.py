"""Machines ask processes how they are, and follow a request by its name."""

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yhdys.tenancy import operations

HOSTS = ["localhost", "kainuu.localhost", "10.0.0.7", "nowhere.example", ""]


@pytest.mark.parametrize("host", HOSTS)
def test_a_living_process_says_so_on_every_host_without_a_question(
    client: Client, host: str, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/-/healthy", headers={"host": host})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("host", HOSTS)
def test_a_process_is_ready_when_it_reaches_the_database(client: Client, db: None, host: str) -> None:
    response = client.get("/-/ready", headers={"host": host})
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok", "cache": "ok"})


def test_a_cache_that_is_down_is_told_but_pages_can_be_served(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(cache, "get", refuse, raising=False)
    response = client.get("/-/ready")
    assert (response.status_code, response.json()["cache"]) == (200, "unreachable")


def test_a_process_without_the_database_is_not_ready(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError

    monkeypatch.setattr(operations, "_ask_database", refuse)
    response = client.get("/-/ready")
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")


def test_they_only_read(client: Client, db: None) -> None:
    assert client.post("/-/healthy").status_code == 405
    assert client.head("/-/healthy").status_code == 200


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0123456789abcdef", True), ("short", False), ("x" * 65, False), ("two words", False), ("", False)],
)
def test_a_request_keeps_its_name_or_gets_one(client: Client, db: None, given: str, kept: bool) -> None:
    name = client.get("/-/healthy", headers={"x-request-id": given})["X-Request-ID"]
    assert (name == given) is kept
    assert operations.REQUEST_ID.fullmatch(name)


def test_the_doors_for_machines_stand_before_the_look_up_of_the_host() -> None:
    names = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    assert names.index("OperationsMiddleware") < names.index("SecurityMiddleware") < names.index("RegionMiddleware")
