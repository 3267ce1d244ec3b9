"""Who may do what by a staff role, and to users. Other apps compose the three predicates with their own.

Every predicate is False for a missing record. A right that concerns the region as a whole is asked with the region.
"""

from typing import Any

from yhdys.accounts.models import StaffRole, User
from yhdys.accounts.queries import staff_roles_of
from yhdys.core.access import add_perm, predicate


@predicate
def is_administrator(user: Any, obj: Any) -> bool:
    """An administrator of this region (or of the national site), today."""
    return obj is not None and StaffRole.Role.ADMINISTRATOR in staff_roles_of(user)


@predicate
def is_editor(user: Any, obj: Any) -> bool:
    """Somebody of the region's own staff who writes and publishes, today. An administrator is one too."""
    return obj is not None and not staff_roles_of(user).isdisjoint(
        {StaffRole.Role.ADMINISTRATOR, StaffRole.Role.EDITOR}
    )


@predicate
def is_observer(user: Any, obj: Any) -> bool:
    """Somebody of the region's own staff, today: sees everything. Administrators and editors are observers too."""
    return obj is not None and bool(staff_roles_of(user))


@predicate
def is_oneself(user: Any, obj: Any) -> bool:
    """The record is the user's own account."""
    return isinstance(obj, User) and obj.pk == user.pk


add_perm("accounts.view_users", is_administrator)
add_perm("accounts.manage_users", is_administrator)
add_perm("accounts.manage_sign_in", is_administrator)
add_perm("accounts.change_own_account", is_oneself)
