"""The workspace is closed: every address of it asks who is there, and every view says whom it lets in."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import rules
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories.accounts import UserFactory, user_with_role

from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region
from yhdys.web.workspace import navigation
from yhdys.web.workspace.base import SIGNED_IN, WorkspaceView
from yhdys.web.workspace.councils.records import KINDS

SAMPLES = {"uuid": str(uuid4()), "int": 1, "slug": "x", "str": "x", "path": "x", "isodate": date(2026, 3, 10)}
SITES = {"yhdys.config.urls_region": "kainuu.localhost", "yhdys.config.urls_national": "localhost"}


def patterns(
    resolver: URLResolver, given: dict[str, Any] | None = None, inside: bool = False
) -> Iterator[tuple[URLPattern, dict[str, Any]]]:
    """Every pattern of the namespace ``workspace``, with samples of what its address needs."""
    for one in resolver.url_patterns:
        if not inside and getattr(one, "namespace", None) in {"public", "national"}:
            continue
        samples = {name: _sample(converter) for name, converter in getattr(one.pattern, "converters", {}).items()}
        if isinstance(one, URLResolver):
            yield from patterns(one, (given or {}) | samples, inside or one.namespace == "workspace")
        elif inside:
            yield one, (given or {}) | samples


def addresses() -> Iterator[Any]:
    for urlconf, host in SITES.items():
        for pattern, kwargs in patterns(get_resolver(urlconf)):
            if "kind" in kwargs:  # Only kinds that there are have addresses.
                kwargs["kind"] = next(name for name, kind in KINDS.items() if kind.has_body is ("pk" in kwargs))
            yield pytest.param(urlconf, host, pattern, kwargs, id=f"{host}-{pattern.name}")


def _sample(converter: object) -> object:
    return SAMPLES[type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")]


@pytest.mark.parametrize(("urlconf", "host", "pattern", "kwargs"), list(addresses()))
def test_a_visitor_is_asked_to_sign_in(
    kainuu: Region, client: Client, urlconf: str, host: str, pattern: URLPattern, kwargs: dict[str, Any]
) -> None:
    address = reverse(f"workspace:{pattern.name}", urlconf=urlconf, kwargs=kwargs)
    for answer in (client.get(address, headers={"host": host}), client.post(address, headers={"host": host})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login", urlconf=urlconf) + "?next=")


@pytest.mark.parametrize(("urlconf", "host", "pattern", "kwargs"), list(addresses()))
def test_every_view_names_a_permission_that_exists(
    urlconf: str, host: str, pattern: URLPattern, kwargs: dict[str, Any]
) -> None:
    view: type[WorkspaceView] = pattern.callback.view_class  # type: ignore[attr-defined]  # as_view puts it there
    assert issubclass(view, WorkspaceView)
    if view.permission is not SIGNED_IN:
        assert rules.perm_exists(str(view.permission))


def test_a_view_that_names_no_permission_cannot_be_routed() -> None:
    class Forgetful(WorkspaceView):
        def get(self, request: Any) -> HttpResponse:
            return HttpResponse("open")

    with pytest.raises(ImproperlyConfigured):
        Forgetful.as_view()


def test_what_may_not_be_done_is_403_and_what_may_not_be_seen_is_404(kainuu: Region, client: Client) -> None:
    with in_region(kainuu):
        editor, other = user_with_role("editor"), UserFactory.create()
        client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    host = {"host": "kainuu.localhost"}
    assert client.get("/en/workspace/users/", headers=host).status_code == 403
    assert client.get(f"/en/workspace/users/{editor.pk}/", headers=host).status_code == 403
    assert client.get(f"/en/workspace/users/{other.pk}/", headers=host).status_code == 404
    assert client.get(f"/en/workspace/users/{uuid4()}/", headers=host).status_code == 404


def test_the_navigation_shows_the_doors_that_open(region: Region) -> None:
    shown = {
        role: {item.url for item in navigation.items_for(user_with_role(role), "/workspace/users/")}
        for role in ("administrator", "editor")
    }
    users = reverse("workspace:users", urlconf="yhdys.config.urls_region")
    assert users in shown["administrator"]
    assert users not in shown["editor"]


def test_the_current_door_is_the_longest_that_fits(region: Region) -> None:
    users = reverse("workspace:users", urlconf="yhdys.config.urls_region")
    items = navigation.items_for(user_with_role("administrator"), f"{users}new/")
    assert [item.url for item in items if item.is_current] == [users]


@pytest.mark.urls("yhdys.config.urls_region")
def test_people_lie_behind_the_door_of_the_organisations(region: Region) -> None:
    there = {
        name: reverse(f"workspace:{name}", urlconf="yhdys.config.urls_region") for name in ("people", "organisations")
    }
    items = navigation.items_for(user_with_role("editor"), there["people"])
    assert [item.url for item in items if item.is_current] == [there["organisations"]]
