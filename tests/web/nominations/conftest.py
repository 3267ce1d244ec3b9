"""A signed-in person at the desk of requests, and a visitor with nothing but a link."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from yhdys.accounts.models import User
from yhdys.regions.models import Region

HOST = "kainuu.localhost"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
type Desk = Callable[..., Client]


@pytest.fixture
def at_desk(region: Region) -> Desk:
    """``at_desk(user)``: the user's own browser, in English."""

    def sign_in(user: User) -> Client:
        client = Client(HTTP_HOST=HOST)
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def visitor(region: Region) -> Client:
    """A browser without an account on the region's site; its POSTs come from a page of the site."""
    return Client(HTTP_HOST=HOST, HTTP_ORIGIN=f"http://{HOST}")


def text_of(response: HttpResponse | Any) -> str:
    """The page as text."""
    return str(response.content.decode())


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in the language of the code."""
    with translation.override("en"):
        yield
