"""The same questions for every permission of councils."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.councils import BodyFactory
from tests.factories.people import allowed_to, convener, everybody, in_body, user

from yhdys.core import access
from yhdys.core.errors import PermissionRefused
from yhdys.councils.enums import Role
from yhdys.councils.models import Body
from yhdys.councils.rules import forget_standing
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

STAFF = {"administrator", "editor", "observer"}
ROLES = {str(role.value) for role in Role}


def assert_allowed(permission: str, expected: set[str], *, convener_may: bool) -> None:
    """Exactly these positions may today; nobody by a role that has ended or is still to come."""
    body = BodyFactory()
    assert allowed_to(everybody(body), permission, body) == expected
    assert access.allowed(convener(body), permission, body) is convener_may
    for phase in ("past", "future"):
        body = BodyFactory()
        assert allowed_to(everybody(body, phase), permission, body) == set()


def assert_nothing_for_strangers(permission: str, kainuu: Region, lappi: Region) -> None:
    """Another region's secretary, somebody not signed in, a closed account, and a record that is missing."""
    with in_region(lappi):
        stranger = in_body(BodyFactory(), Role.SECRETARY)
    with in_region(kainuu):
        body: Body = BodyFactory()
        secretary = in_body(body, Role.SECRETARY)
        assert not access.allowed(stranger, permission, body)
        assert not access.allowed(AnonymousUser(), permission, body)
        assert not access.allowed(None, permission, body)
        assert not access.allowed(secretary, permission, None)
        secretary.is_active = False
        secretary.save()
        forget_standing(secretary)
        assert not access.allowed(secretary, permission, body)
        with pytest.raises(PermissionRefused):
            access.require(user(), permission, body)
