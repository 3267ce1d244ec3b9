"""Who makes and ends tokens: everybody for themselves. What a token may do, its user's own rights say."""

from typing import Any

from yhdys.accounts.rules import is_oneself
from yhdys.core.access import add_perm, predicate
from yhdys.tokens.models import AccessToken


@predicate
def is_own_token(user: Any, obj: Any) -> bool:
    """The token acts in the user's own name."""
    return isinstance(obj, AccessToken) and obj.user_id == user.pk


add_perm("tokens.make_token", is_oneself)
add_perm("tokens.revoke_token", is_own_token)
