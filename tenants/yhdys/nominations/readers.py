"""Whose nomination calls somebody may see. QuerySets and rules ask here, so that lists and pages never disagree."""

from typing import Any
from uuid import UUID

from yhdys.accounts.models import User
from yhdys.accounts.queries import staff_roles_of
from yhdys.councils.enums import Role
from yhdys.councils.rules import standing_of


def bodies_seen_by(user: Any) -> frozenset[UUID] | None:
    """Bodies whose calls the user may read: as their secretary, chair or convener today. None for all: the staff.

    Names of people who are only proposed are for those who handle them, not for the members.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if staff_roles_of(user):
        return None
    standing = standing_of(user)
    return standing.bodies_as(Role.SECRETARY, Role.CHAIR) | standing.convenes
