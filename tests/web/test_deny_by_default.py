"""Closed unless named: each address of each site, asked by a visitor in every way HTTP has.

Whoever adds an address that a visitor may open names it here, with the methods; everything else must ask who is there.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.addresses import SITES, Address, addresses

from yhdys.regions.models import Region

METHODS = ("get", "post", "put", "patch", "delete")
READ, ACT, BOTH = {"get"}, {"post"}, {"get", "post"}
NOTHING_THERE = "(api/v1/(?P<path>.*))"

SIGNING_IN = {
    "account_login": BOTH,
    "account_logout": BOTH,
    "account_inactive": READ,
    "account_request_login_code": BOTH,
    "account_confirm_login_code": BOTH,
    "account_reset_password": BOTH,
    "account_confirm_password_reset_code": BOTH,
    "account_complete_password_reset": BOTH,
    "account_password_reset_completed": READ,
    "account_email_verification_sent": BOTH,
    "account_invitation": BOTH,
    "mfa_authenticate": BOTH,
    "openid_connect_login": BOTH,
    "openid_connect_callback": READ,
    "socialaccount_login_cancelled": READ,
    "mfa_login_webauthn": BOTH,
}
EVERYWHERE = SIGNING_IN | {
    "design:accent": READ,
    "design:gallery": READ,
    "design:gallery-page": READ,
    "api:docs": READ,
    "api:schema": READ,
    f"api:{NOTHING_THERE}": set(METHODS),
    "api-nowhere": set(METHODS),
    "api-nothing": set(METHODS),
}
PUBLIC: dict[str, dict[str, set[str]]] = {
    "yhdys.config.urls_region": EVERYWHERE
    | {
        "robots": READ,
        "sitemap": READ,
        "security-contact": READ,
        "api:bodies": READ,
        "api:body": READ,
        "api:terms": READ,
        "api:members": READ,
        "api:representations": READ,
        "api:seats": READ,
        "api:meetings": READ,
        "api:meeting": READ,
        "api:agenda": READ,
        "api:item": READ,
        "api:minutes": READ,
        "api:news": READ,
        "api:article": READ,
        "public:home": READ,
        "public:contacts": READ,
        "public:council": READ,
        "public:council-roster": READ,
        "public:roster-csv": READ,
        "public:roster-xlsx": READ,
        "public:council-representations": READ,
        "public:photo": READ,
        "public:body": READ,
        "public:body-roster": READ,
        "public:accessibility": READ,
        "public:feedback": BOTH,
        "public:feedback-received": READ,
        "public:privacy": READ,
        "public:meetings": READ,
        "public:meetings-calendar": READ,
        "public:meeting": READ,
        "public:meeting-calendar": READ,
        "public:paper": READ,
        "public:agenda-file": READ,
        "public:minutes-file": READ,
        "public:excerpt-file": READ,
        "public:record-file": READ,
        "public:record-archive": READ,
        "public:answer": BOTH,
        "public:answer-paper": READ,
        "public:answer-agenda-file": READ,
        "public:nomination": BOTH,
        "public:nomination-call": BOTH,
        "public:nomination-received": READ,
        "public:news": READ,
        "public:news-feed": READ,
        "public:article-image": READ,
        "public:article": READ,
    },
    "yhdys.config.urls_national": EVERYWHERE
    | {
        "api:regions": READ,
        "api:region": READ,
        "api:region-history": READ,
        "api:region-figures": READ,
        "national:home": READ,
        "national:region": READ,
        "national:figures": READ,
        "national:compare": READ,
        "national:figures-file": READ,
        "national:figures-workbook": READ,
        "national:published-feed": READ,
        "national:published": READ,
        "national:accessibility": READ,
        "national:privacy": READ,
    },
}


def asks_who_is_there(address: Address, answer: Any) -> bool:
    """A page leads to signing in, and back afterwards; a machine is told that it has no right."""
    if answer.status_code in (401, 403):
        return True
    sign_in = reverse("account_login", urlconf=address.urlconf)
    return answer.status_code == 302 and str(answer["Location"]).startswith(f"{sign_in}?next=")


def fault_of(address: Address, method: str, visitor: str) -> str:
    """What is wrong with how the address answers a visitor; empty when it is as it should be."""
    public = PUBLIC[address.urlconf].get(address.name, set())
    window = Client(headers={"host": address.host, "origin": f"http://{address.host}"}, REMOTE_ADDR=visitor)
    answer = getattr(window, method)(address.path)
    closed = asks_who_is_there(address, answer)
    if method in public:
        wrong = closed or answer.status_code >= 500
    elif public:
        # A form of Django's takes PUT for POST. A page that is only read has no other way.
        wrong = not closed and answer.status_code != 405 and "post" not in public
    else:
        wrong = not closed
    return f"{address}: {method} {address.path} answered {answer.status_code}" if wrong else ""


@pytest.mark.parametrize("site", SITES)
def test_what_is_not_named_public_is_closed(kainuu: Region, site: str) -> None:
    faults = [
        fault_of(address, method, visitor=f"2001:db8::{number:x}")  # another each time, so that nobody is told to wait
        for number, address in enumerate(addresses(site))
        for method in METHODS
    ]
    assert list(filter(None, faults)) == []


@pytest.mark.parametrize("site", SITES)
def test_every_public_name_is_an_address(site: str) -> None:
    assert PUBLIC[site].keys() - {address.name for address in addresses(site)} == set()


@pytest.mark.parametrize("site", SITES)
def test_no_two_addresses_share_a_name(site: str) -> None:
    names = [address.name for address in addresses(site)]
    assert sorted(names) == sorted(set(names))
