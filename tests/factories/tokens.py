"""Tokens for tests; call in the context of the user's region."""

from datetime import timedelta

from yhdys.accounts.models import User
from yhdys.tokens.actions import make_token
from yhdys.tokens.models import AccessToken
from yhdys.tokens.queries import scopes_here


def token_for(user: User, *scopes: str, days: int = 30) -> tuple[AccessToken, str]:
    """A token of the user and its text; without scopes one that may do all that the site has."""
    return make_token(user, name="Koe", scopes=scopes or tuple(scopes_here()), lifetime=timedelta(days=days), by=user)
