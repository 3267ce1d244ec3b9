"""Who asks: a program that shows a token of this very site, or nobody. Sessions mean nothing here, so nor does CSRF."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from yhdys.accounts.models import User
from yhdys.tokens.actions import note_use
from yhdys.tokens.models import READ, WRITE, AccessToken
from yhdys.tokens.queries import token_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]  # the library has no types
    """``Authorization: Bearer yhdys_…``. The library reads the header; whose the token is, our own rows say."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AccessToken]:
        """The user and the token. Raises AuthenticationFailed for one that opens nothing here and now."""
        found = token_of(token.decode("latin-1"))
        if found is None:
            raise AuthenticationFailed(_("The token is unknown here, has ended or has been revoked."))
        note_use(found)
        return found.user, found


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the description speaks of tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that a user made in the workspace, under My account › API tokens.",
        }


class InScope(BasePermission):
    """What is public is for all. Whatever changes something needs a token made for it; so does a part that is private.

    This is the token's own limit. What its user may do, the records' permissions say afterwards.
    """

    message = ""

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method not in view.allowed_methods:
            is_closed = view.is_private or "GET" not in view.allowed_methods
            return request.auth is not None or not is_closed  # 405; of a closed address a visitor learns nothing
        action = READ if request.method in SAFE else WRITE
        if action == READ and not view.is_private:
            return True
        token: Any = request.auth
        if token is None:
            return False
        self.message = _("This token was not made for “{scope}”.").format(scope=f"{view.domain}:{action}")
        return bool(token.opens(view.domain, action))
