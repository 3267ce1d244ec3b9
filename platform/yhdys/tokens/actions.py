"""What is done with tokens."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.tokens.models import AccessToken
from yhdys.tokens.queries import scopes_here

MOST_TOKENS = 20
"""So many usable ones a user may have."""
LONGEST_LIFE = timedelta(days=366)
NOTED_EVERY = timedelta(minutes=10)
"""How exactly it is known when a token was last used: a row is not written at every request."""
KEPT_AFTER_END = timedelta(days=30)


@transaction.atomic
def make_token(
    user: User, *, name: str, scopes: Collection[str], lifetime: timedelta, by: User
) -> tuple[AccessToken, str]:
    """A new token of the user for this site, and its text, which cannot be read again.

    Raises ActionRefused without a name or a scope, for a scope that this site does not have, for a life longer than
    ``LONGEST_LIFE``, and when the user has ``MOST_TOKENS`` already.
    """
    user = User.objects.select_for_update().get(pk=user.pk)  # one at a time, so that nobody gets past the number
    if not scopes:
        raise ActionRefused(_("Choose at least one thing that the token may do."))
    if not set(scopes) <= set(scopes_here()):
        raise ActionRefused(_("A token of this site cannot do that."))
    if not timedelta(0) < lifetime <= LONGEST_LIFE:
        raise ActionRefused(_("A token is good for a year at most."))
    if AccessToken.objects.usable().filter(user=user).count() >= MOST_TOKENS:
        raise ActionRefused(_("You have {most} tokens already. Revoke one first.").format(most=MOST_TOKENS))
    digest, text = get_digest_token()
    token = AccessToken(
        user=user,
        name=name.strip(),
        scopes=[scope for scope in scopes_here() if scope in scopes],
        expiry=clock.now() + lifetime,
        digest=digest,
        token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH],
    )
    refuse_invalid(token)
    token.save(force_insert=True)
    record(user, "token_made", by=by, name=token.name, scopes=token.scopes)
    return token, text


@transaction.atomic
def revoke_token(token: AccessToken, *, by: User) -> None:
    """End a token at once. Raises ActionRefused when it has been revoked already."""
    token = locked(token)
    record(token.user, "token_revoked", by=by, name=token.name)
    token.delete()


@transaction.atomic
def revoke_all(user: User, *, by: User | None) -> int:
    """End every token of the user at once. Returns how many there were."""
    count: int = AccessToken.objects.filter(user=user).delete()[0]
    if count:
        record(user, "tokens_revoked", by=by, count=count)
    return count


def note_use(token: AccessToken) -> None:
    """Note that the token was used, to ten minutes."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)


def forget_expired() -> int:
    """Delete tokens that ended some time ago. Returns how many."""
    count: int = AccessToken.objects.filter(expiry__lt=clock.now() - KEPT_AFTER_END).delete()[0]
    return count
