"""The workspace is closed: every view says whom it lets in. ``test_deny_by_default`` asks each as a visitor."""

from typing import Any
from uuid import uuid4

import pytest
import rules
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import UserFactory, user_with_role
from tests.web.addresses import SITES, Address, addresses

from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region
from yhdys.web.workspace import navigation
from yhdys.web.workspace.base import SIGNED_IN, WorkspaceView

WORKSPACE = [one for site in SITES for one in addresses(site) if one.name.startswith("workspace:")]


@pytest.mark.parametrize("address", WORKSPACE, ids=str)
def test_every_view_names_a_permission_that_exists(address: Address) -> None:
    view: type[WorkspaceView] = address.pattern.callback.view_class  # type: ignore[attr-defined]  # as_view puts it there
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
