"""Questions about users and what they may do."""

from typing import Any

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock


def staff_roles_of(user: Any) -> frozenset[str]:
    """The staff roles that ``user`` holds today; none for somebody who is not signed in.

    Asked many times on one page, so the answer stays with this instance until the day turns or ``forget_roles``.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    today = clock.today()
    kept = user.__dict__.get("_staff_roles")
    if kept is None or kept[0] != today:
        kept = (today, frozenset(StaffRole.objects.in_force(user=user).values_list("role", flat=True)))
        user.__dict__["_staff_roles"] = kept
    roles: frozenset[str] = kept[1]
    return roles


def forget_roles(user: User) -> None:
    """Let the next question read the roles anew."""
    user.__dict__.pop("_staff_roles", None)


def is_administrator_today(user: Any) -> bool:
    """Whether ``user`` runs this region (or the national site) today."""
    return StaffRole.Role.ADMINISTRATOR in staff_roles_of(user)
