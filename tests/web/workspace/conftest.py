"""Windows of the workspace in Kainuu."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.people import in_body

from yhdys.accounts.models import User
from yhdys.councils.enums import Role
from yhdys.councils.models import Body

type Window = Callable[[User], Client]


@pytest.fixture
def window_of() -> Window:
    """A signed-in browser of a user of Kainuu; call it in the region's context."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"host": "kainuu.localhost"})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def secretary_of(window_of: Window) -> Callable[[Body], Client]:
    """The browser of the body's secretary."""

    def sign_in(body: Body) -> Client:
        return window_of(in_body(body, Role.SECRETARY))

    return sign_in
