"""Questions about tokens."""

from hmac import compare_digest

from knox.crypto import hash_token
from knox.settings import CONSTANTS

from yhdys.accounts.second_factor import must_set_up_second_factor
from yhdys.tenancy.context import NATIONAL, require_scope
from yhdys.tokens.enums import OF_A_REGION, OF_THE_NATION, Scope
from yhdys.tokens.models import AccessToken


def token_of(text: str) -> AccessToken | None:
    """The token that somebody sends, with its user; None unless it opens this very site now.

    It does not while its user's account is closed, nor for an administrator who has yet to set up a second factor.
    """
    if not text.isascii() or "\0" in text:
        return None
    digest = hash_token(text)
    found = AccessToken.objects.usable().select_related("user").filter(token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH])
    for token in found:
        if compare_digest(digest, token.digest):
            usable = token.user.is_active and not must_set_up_second_factor(token.user)
            return token if usable else None
    return None


def scopes_here() -> tuple[Scope, ...]:
    """What a token of this site can be made for."""
    return OF_THE_NATION if require_scope() == NATIONAL else OF_A_REGION
