"""The one question of rights: may this user do this to this record?"""

from collections.abc import Callable
from typing import Any, Protocol, Self, cast

import rules

from yhdys.core.errors import PermissionRefused


class Predicate(Protocol):
    """A named question about a user and a record; questions combine with ``|``, ``&`` and ``~``."""

    def __call__(self, user: Any, obj: Any) -> bool: ...
    def __or__(self, other: Self) -> Self: ...
    def __and__(self, other: Self) -> Self: ...
    def __invert__(self) -> Self: ...


def predicate(function: Callable[[Any, Any], bool]) -> Predicate:
    """Make a predicate of a function of a user and a record. It must answer False for a missing record."""
    return cast(Predicate, rules.predicate(function))  # type: ignore[attr-defined, no-untyped-call]  # the library's types end here


def add_perm(name: str, who: Predicate) -> None:
    """Declare a permission, such as ``meetings.convene_meeting``, once. Raises KeyError for one that exists."""
    rules.add_perm(name, who)  # type: ignore[attr-defined, no-untyped-call]  # the library's types end here


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
