"""Asking the API as anybody would."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

type Ask = Callable[..., Any]


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
