"""Every page of signing in and of one's own account wears our dress, in every language."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.conftest import enter

from yhdys.accounts.models import User
from yhdys.regions.models import Region

REGION_URLS = "yhdys.config.urls_region"
FOR_ANYBODY = ["account_login", "account_request_login_code", "account_reset_password", "account_inactive"]
FOR_ONESELF = [
    "workspace:home", "workspace:account", "workspace:profile", "account_email", "account_change_password",
    "account_logout", "mfa_index", "mfa_list_webauthn",
]  # fmt: skip


def assert_ours(response: Any) -> None:
    assert response.status_code == 200
    names = [template.name for template in response.templates if template.name]
    assert "layouts/base.html" in names
    assert not [name for name in names if name.startswith("allauth/")]
    assert "Kainuu" in response.content.decode()


@pytest.mark.parametrize("name", FOR_ANYBODY)
def test_a_page_before_signing_in_is_ours(kainuu: Region, client: Client, name: str) -> None:
    assert_ours(client.get(reverse(name, urlconf=REGION_URLS), headers={"host": "kainuu.localhost"}))


@pytest.mark.parametrize("name", FOR_ONESELF)
def test_a_page_of_ones_own_is_ours(kainuu: Region, kaija: User, client: Client, name: str) -> None:
    enter(client, kainuu, kaija)
    assert_ours(client.get(reverse(name, urlconf=REGION_URLS), headers={"host": "kainuu.localhost"}))


def test_who_chooses_a_password_is_told_its_length_before_typing(kainuu: Region, kaija: User, client: Client) -> None:
    enter(client, kainuu, kaija)
    page = client.get("/en/account/password/", headers={"host": "kainuu.localhost"})
    assert "at least 12 characters" in page.content.decode()
