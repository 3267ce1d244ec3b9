"""Signing in through an organisation's own identity provider (OpenID Connect), beside the sign-in library.

The rows of the region say which issuers there are, with the client's secret locked. What an issuer tells is believed
about its own subjects only; an address of e-mail links to an account by itself only in a domain for which the region
has declared the issuer trusted.
"""

import ipaddress
import socket
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from requests.adapters import HTTPAdapter

from yhdys.accounts.models import IdentityProvider

WELL_KNOWN = "/.well-known/openid-configuration"
WAIT = (3.05, 6)
"""Seconds for a connection, and for an answer."""
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
"""What an issuer must tell of itself."""


class _Guarded(HTTPAdapter):
    """Asks public addresses only: an administrator's form must not be a way into the deployment's own network."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        refuse_inner(request.url or "")
        return super().send(request, *args, **kwargs)


def refuse_inner(url: str) -> None:
    """Raise ConnectionError for an address without TLS or inside the deployment's network, unless settings allow it."""
    parts = urlsplit(url)
    if settings.YHDYS_INNER_ISSUERS:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise requests.ConnectionError(f"{url} is not a safe address.")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise requests.ConnectionError(str(error)) from error
    if not all(ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found):
        raise requests.ConnectionError(f"{parts.hostname} is inside this network.")


def asking() -> requests.Session:
    """A connection to an issuer: it waits seconds, follows no redirect and reaches public addresses only."""
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", _Guarded())
    session.mount("https://", _Guarded())
    session.request = partial(session.request, timeout=WAIT, allow_redirects=False)  # type: ignore[method-assign]  # as the library does
    return session


def discover(issuer: str) -> dict[str, Any]:
    """What an issuer tells of itself. Raises RequestException, or OAuth2Error when it is another."""
    with asking() as session:
        answer = session.get(issuer.rstrip("/") + WELL_KNOWN)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
    if not isinstance(told, dict) or str(told.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise OAuth2Error("The issuer calls itself by another name.")
    for name in NEEDED:
        if not isinstance(told.get(name), str):
            raise OAuth2Error(f"The issuer tells no {name}.")
    return told


class IssuerAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the library's types end here
    """Talks with one issuer."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the issuer tells of itself, asked once a step."""
        if not hasattr(self, "_openid_config"):
            self._openid_config = discover(self.get_provider().app.settings["server_url"])
        found: dict[str, Any] = self._openid_config
        return found


class IssuerProvider(OpenIDConnectProvider):  # type: ignore[misc]  # the library's types end here
    """One provider of the region."""

    oauth2_adapter_class = IssuerAdapter

    def get_auth_params_from_request(self, request: Any, action: str) -> dict[str, Any]:
        """Whoever made a link to us adds nothing to what we ask the issuer."""
        params: dict[str, Any] = self.get_auth_params()
        return params

    def get_scope_from_request(self, request: Any) -> list[str]:
        """As above."""
        scope: list[str] = self.get_scope()
        return scope

    def sociallogin_from_response(self, request: Any, response: dict[str, Any]) -> Any:
        """Whom the issuer names. Raises OAuth2Error when its two answers speak of two people."""
        told = [response[one] for one in ("userinfo", "id_token") if response.get(one)]
        subjects = {str(one.get("sub", "")) for one in told}
        if len(subjects) != 1 or not all(subjects):
            raise OAuth2Error("The issuer's answers speak of different people.")
        login = super().sociallogin_from_response(request, response)
        claims = told[0]
        # Nothing but what is needed to know the person again is kept.
        login.account.extra_data = {"email": claims.get("email", "")}
        domains = self.app.settings["trusted_domains"]
        login.email_addresses = [
            EmailAddress(email=one.email, verified=claims.get("email_verified") is not False, primary=True)
            for one in login.email_addresses
            if one.email.rpartition("@")[2].lower() in domains
        ]
        return login


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library's types end here
    """What the sign-in library asks about providers."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": _("That identity belongs to another account here."),
        "invalid_token": _("Signing in did not succeed."),
    }

    def list_apps(self, request: Any, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """The region's providers in the library's own words; nothing of them is stored there."""
        rows = IdentityProvider.objects.in_use()
        if provider and provider != OpenIDConnectProvider.id:
            rows = rows.filter(slug=provider)
        if client_id:
            rows = rows.filter(client_id=client_id)
        return [_app_of(row) for row in rows]

    def list_providers(self, request: Any) -> list[Any]:
        """The buttons of the sign-in page."""
        return [IssuerProvider(request, app=app) for app in self.list_apps(request)]

    def get_provider(self, request: Any, provider: str, client_id: str | None = None) -> IssuerProvider:
        """Raises SocialApp.DoesNotExist for one that this region has not."""
        return IssuerProvider(request, app=self.get_app(request, provider, client_id))

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        """Never: an administrator invites."""
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Only in a domain for which the issuer is trusted."""
        return email.rpartition("@")[2].lower() in login.provider.app.settings["trusted_domains"]

    def get_connect_redirect_url(self, request: Any, socialaccount: SocialAccount) -> str:
        return reverse("workspace:account")

    def get_requests_session(self) -> requests.Session:
        return asking()


def _app_of(row: IdentityProvider) -> SocialApp:
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=row.slug,
        name=row.name,
        client_id=row.client_id,
        secret=row.secret,
        settings={
            "server_url": row.issuer,
            "trusted_domains": row.trusted_domains,
            "oauth_pkce_enabled": True,
        },
    )


def linked_to(user: Any) -> list[tuple[SocialAccount, str]]:
    """The user's identities elsewhere, each with the name of its provider."""
    names = dict(IdentityProvider.objects.values_list("slug", "name"))
    accounts = SocialAccount.objects.filter(user=user).order_by("date_joined")
    return [(one, names.get(one.provider, one.provider)) for one in accounts]


def not_linked_to(user: Any) -> list[IdentityProvider]:
    """The providers that the user could link to their account."""
    linked = SocialAccount.objects.filter(user=user).values_list("provider", flat=True)
    return list(IdentityProvider.objects.in_use().exclude(slug__in=list(linked)))
