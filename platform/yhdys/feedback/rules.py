"""Who answers feedback: the region's editors and administrators, and those whom a higher app names as *answerers*."""

from typing import Any

from yhdys.accounts.rules import is_administrator, is_editor
from yhdys.core.access import Predicate, add_perm, predicate

_answerers: list[Predicate] = []


def answerer(who: Predicate) -> Predicate:
    """Register who answers besides the staff: secretaries and communications officers of the councils."""
    _answerers.append(who)
    return who


@predicate
def is_answerer(user: Any, obj: Any) -> bool:
    """Somebody who answers by a role in a council."""
    return obj is not None and any(who(user, obj) for who in _answerers)


add_perm("feedback.answer_feedback", is_editor | is_answerer)
add_perm("site.change_statement", is_editor | is_answerer)
# The region's settings stand below the accounts and cannot name their roles themselves.
add_perm("site.change_settings", is_administrator)
