"""Asking the API as anybody would."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.tokens import token_for

from yhdys.accounts.models import User
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

type Ask = Callable[..., Any]


class Program:
    """A program that uses the API of one site, by a token or without. It never has a cookie."""

    def __init__(self, host: str = "kainuu.localhost", token: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"host": host, "accept-language": "en"}
        if token:
            self.headers["authorization"] = f"Bearer {token}"

    def send(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """One request; ``path`` below ``/api/v1/``, or whole."""
        path = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        body = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = named.pop("content-type", "application/json")
        return self.client.generic(method, path, body, content_type=kind, headers=self.headers | named)

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def told(self, path: str) -> Any:
        """The answer as data; it must be 200."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def make(self, path: str, data: Any) -> Any:
        """Add to a list; it must be 201."""
        answer = self.send("POST", path, data)
        assert answer.status_code == 201, answer.content
        return answer.json()

    def change(self, method: str, path: str, data: Any = None, *, read: str = "") -> Any:
        """Change a record as it is now; ``read`` is its own address, if ``path`` is one of its steps."""
        return self.send(method, path, data, if_match=self.get(read or path)["ETag"])


def program_of(user: User, *scopes: str, host: str = "kainuu.localhost") -> Program:
    """A program with a token of the user; without scopes one that may do all. Call it in the region's context."""
    return Program(host, token_for(user, *scopes)[1])


@pytest.fixture
def ask(client: Client) -> Ask:
    """``ask("kainuu", "news/")``: the answer as data, which must be 200; the national site is ``""``."""

    def asked(region: str, path: str) -> Any:
        host = f"{region}.localhost" if region else "localhost"
        response = client.get(f"/api/v1/{path}", headers={"host": host})
        assert response.status_code == 200, response.content
        assert not response.cookies
        return response.json()

    return asked


@pytest.fixture
def queries_of(kainuu: Region) -> Callable[[Callable[[], object]], int]:
    """How many queries of Kainuu something costs, once whatever is kept is there."""

    def count(work: Callable[[], object]) -> int:
        work()
        with in_region(kainuu), CaptureQueriesContext(connection) as captured:
            work()
        return len(captured)

    return count
