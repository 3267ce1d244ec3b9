"""What the tests of accounts share: a browser of a host, and people."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from tests.factories.accounts import PASSWORD, UserFactory, user_with_role

from yhdys.accounts.models import StaffRole, User
from yhdys.mail.models import OutgoingMail
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_national, in_region

HOSTS = {"kainuu": "kainuu.localhost", "lappi": "lappi.localhost", "national": "localhost"}

type Browser = Callable[[str], Client]


@pytest.fixture
def browser() -> Browser:
    """``browser("lappi")``: a new browser that visits one host, with Django's CSRF check on."""

    def make(site: str, **extra: Any) -> Client:
        return Client(enforce_csrf_checks=False, HTTP_HOST=HOSTS[site], **extra)

    return make


@pytest.fixture
def kaija(kainuu: Region) -> User:
    """A user of Kainuu without a staff role."""
    with in_region(kainuu):
        user: User = UserFactory.create(email="kaija@esimerkki.example", name="Kaija Kuikka")
    return user


@pytest.fixture
def anna(kainuu: Region) -> User:
    """An administrator of Kainuu who has set up an authenticator app."""
    with in_region(kainuu):
        user = user_with_role(StaffRole.Role.ADMINISTRATOR, email="anna@esimerkki.example", name="Anna Ahven")
        set_up_app(user)
    return user


def set_up_app(user: User) -> str:
    """Give the user an authenticator app. Returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return str(secret)


def code_of_app(secret: str) -> str:
    """What the app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    """Send the sign-in form."""
    return client.post("/en/sign-in/", {"login": email, "password": password})


def enter(client: Client, region: Region, user: User) -> Client:
    """A session of the user without going through the form."""
    with in_region(region):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def last_letter(purpose: str = "accounts.code") -> OutgoingMail:
    """The newest letter; call it in the region's context."""
    return OutgoingMail.objects.filter(purpose=purpose).latest("created_at")


def code_in(letter: OutgoingMail) -> str:
    """The code of a letter."""
    found = re.search(r"\b\d{4}-\d{4}\b", letter.text)
    assert found is not None, letter.text
    return found[0]


@pytest.fixture
def nationally(db: None) -> Iterator[None]:
    with in_national():
        yield
