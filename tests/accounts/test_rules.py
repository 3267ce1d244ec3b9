"""Every permission of accounts over every role, another region's administrator included."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.accounts import StaffRoleFactory, UserFactory, user_with_role

from yhdys.accounts.models import StaffRole, User
from yhdys.accounts.rules import is_administrator, is_editor, is_observer
from yhdys.core import access
from yhdys.core.errors import PermissionRefused
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region, require_scope

MATRIX = {
    "accounts.view_users": {"administrator"},
    "accounts.manage_users": {"administrator"},
    "accounts.manage_sign_in": {"administrator"},
}
ROLES: list[Any] = ["administrator", "editor", "observer", None]


@pytest.mark.parametrize("permission", MATRIX)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_gives_what_it_should(region: Region, permission: str, role: str | None) -> None:
    assert access.allowed(user_with_role(role), permission, require_scope()) is (role in MATRIX[permission])


@pytest.mark.parametrize("permission", MATRIX)
def test_a_right_needs_a_record_and_a_person(region: Region, permission: str) -> None:
    administrator = user_with_role("administrator")
    assert not access.allowed(administrator, permission, None)
    assert not access.allowed(AnonymousUser(), permission, require_scope())
    assert not access.allowed(None, permission, require_scope())


@pytest.mark.parametrize("permission", MATRIX)
def test_a_role_outside_its_dates_or_of_a_closed_account_gives_nothing(region: Region, permission: str) -> None:
    over = StaffRoleFactory.create(role="administrator", end=date(2021, 1, 1)).user
    to_come = StaffRoleFactory.create(role="administrator", start=date(2099, 1, 1)).user
    closed = user_with_role("administrator", is_active=False)
    assert [access.allowed(one, permission, require_scope()) for one in (over, to_come, closed)] == [False] * 3


def test_an_administrator_of_lapland_is_nobody_in_kainuu(kainuu: Region, lappi: Region) -> None:
    with in_region(lappi):
        theirs = user_with_role("administrator")
        # Asked at home first: what is kept of it must not come along.
        assert access.allowed(theirs, "accounts.manage_users", require_scope())
    with in_region(kainuu):
        assert not access.allowed(theirs, "accounts.manage_users", require_scope())


def test_everybody_changes_their_own_account_and_nobody_else_s(region: Region) -> None:
    mine, other = UserFactory.create(), user_with_role("administrator")
    assert access.allowed(mine, "accounts.change_own_account", mine)
    assert not access.allowed(other, "accounts.change_own_account", mine)
    with pytest.raises(PermissionRefused):
        access.require(other, "accounts.change_own_account", mine)


def test_who_sees_whom(region: Region) -> None:
    administrator, editor = user_with_role("administrator"), user_with_role("editor")
    assert set(User.objects.visible_to(administrator)) == {administrator, editor}
    assert set(User.objects.visible_to(editor)) == {editor}
    assert not User.objects.visible_to(AnonymousUser()).exists()


def test_higher_roles_include_the_lower(region: Region) -> None:
    held = {
        role: [bool(rule.test(user_with_role(role), region)) for rule in (is_administrator, is_editor, is_observer)]
        for role in [*StaffRole.Role.values, None]
    }
    assert held == {
        "administrator": [True, True, True],
        "editor": [False, True, True],
        "observer": [False, False, True],
        None: [False, False, False],
    }
