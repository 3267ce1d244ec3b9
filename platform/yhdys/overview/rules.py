"""Who sees how well regions tell the nation."""

from typing import Any

from yhdys.accounts.rules import is_observer
from yhdys.core.access import add_perm, predicate
from yhdys.tenancy.context import NATIONAL


@predicate
def is_national_site(user: Any, obj: Any) -> bool:
    """The right is asked with the national site as a whole."""
    return bool(obj == NATIONAL)


add_perm("overview.view_state", is_observer & is_national_site)
