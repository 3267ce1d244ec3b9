"""The one question of rights: may this user do this to this record?"""

from typing import Any

import rules

from yhdys.core.errors import PermissionRefused


def allowed(user: Any, permission: str, obj: Any) -> bool:
    """Whether ``user`` may do ``permission`` to ``obj``. A missing record is never allowed, an unknown name an error.

    Raises KeyError for a permission that no app has declared: a misspelt name must not read as a refusal.
    """
    if obj is None or user is None or not user.is_active:
        return False
    return bool(rules.permissions.permissions[permission].test(user, obj))


def require(user: Any, permission: str, obj: Any) -> None:
    """Raise PermissionRefused unless ``user`` may do ``permission`` to ``obj``."""
    if not allowed(user, permission, obj):
        raise PermissionRefused(permission)
