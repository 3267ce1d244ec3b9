"""Visitors of a region's public site: no account, no cookie."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

type Visit = Callable[..., HttpResponse]
HOST = "kainuu.localhost"


@pytest.fixture
def visit(client: Client) -> Visit:
    """``visit("/uutiset/")``: GET a page of Kainuu's site."""

    def get(path: str, *, host: str = HOST, **data: Any) -> HttpResponse:
        response: HttpResponse = client.get(path, data, headers={"host": host})
        return response

    return get


@pytest.fixture
def send(client: Client) -> Visit:
    """``send("/palaute/", message="…")``: POST a form from a page of Kainuu's own site."""

    def post(path: str, *, host: str = HOST, origin: str | None = f"http://{HOST}", **data: Any) -> HttpResponse:
        headers = {"host": host} | ({"origin": origin} if origin is not None else {})
        response: HttpResponse = client.post(path, data, headers=headers)
        return response

    return post
