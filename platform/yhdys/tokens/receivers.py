"""What tokens learn of accounts."""

from typing import Any

from django.dispatch import receiver

from yhdys.accounts.models import User
from yhdys.accounts.signals import account_closed
from yhdys.tokens.actions import revoke_all


@receiver(account_closed, dispatch_uid="tokens.account_closed")
def end_tokens(user: User, by: User, **kwargs: Any) -> None:
    """A closed account opens nothing, and opens nothing by old tokens when it is opened again."""
    revoke_all(user, by=by)
