"""Questions about users and what they may do."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from yhdys.accounts.models import StaffRole, User
from yhdys.core import clock
from yhdys.tenancy.context import current_schema
from yhdys.tenancy.models import ActionLink

INVITATION = "accounts.invitation"
"""The purpose of an invitation's link."""


def kept_today[T](user: User, name: str, read: Callable[[], T]) -> T:
    """What ``read`` answers about ``user``, asked once: it stays with this instance until the day turns.

    The region is part of what is kept, so what somebody is at home is never taken for what they are elsewhere. Whoever
    changes the answer calls ``forget``. Raises NoScope.
    """
    now = (current_schema(), clock.today())
    kept = user.__dict__.get(f"_kept_{name}")
    if kept is None or kept[0] != now:
        kept = user.__dict__[f"_kept_{name}"] = (now, read())
    answer: T = kept[1]
    return answer


def forget(user: User, name: str) -> None:
    """Let the next question read anew."""
    user.__dict__.pop(f"_kept_{name}", None)


def staff_roles_of(user: Any) -> frozenset[str]:
    """The staff roles that ``user`` holds today; none for somebody who is not signed in.

    Asked many times on one page, so the answer is kept until ``forget_roles``.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    held = StaffRole.objects.in_force(user=user).values_list("role", flat=True)
    return kept_today(user, "staff_roles", lambda: frozenset(held))


def forget_roles(user: User) -> None:
    """Let the next question read the roles anew."""
    forget(user, "staff_roles")


def is_administrator_today(user: Any) -> bool:
    """Whether ``user`` runs this region (or the national site) today."""
    return StaffRole.Role.ADMINISTRATOR in staff_roles_of(user)


LONGEST_ADDRESS = 254
"""Signs in an address of e-mail (RFC 5321 lets no longer one be sent to)."""
ERASED_AFTER = timedelta(days=30)
"""How long a closed account can be opened again; then it is erased."""


def erased_on(user: User) -> date | None:
    """The day (Finnish) on which a closed account is erased; None for an open one."""
    return (user.closed_at + ERASED_AFTER).astimezone(clock.HELSINKI).date() if user.closed_at else None


def accounts_to_erase() -> "list[User]":
    """Closed accounts whose time is over."""
    return list(User.objects.filter(is_active=False, erased_at=None, closed_at__lte=clock.now() - ERASED_AFTER))


def invitation_ends(user: User) -> datetime | None:
    """Until when the invitation that ``user`` was sent opens; None when it opens nothing (any more)."""
    open_links = ActionLink.objects.usable().filter(purpose=INVITATION, target_id=user.pk)
    return open_links.order_by("-expires_at").values_list("expires_at", flat=True).first()
