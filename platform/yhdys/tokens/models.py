"""Tokens by which programs use the API in a user's name. A token is a row of one region, or of the national site."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from yhdys.core import clock
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet
from yhdys.tokens.enums import Scope

READ, WRITE = "read", "write"


class AccessTokenQuerySet(RegionalQuerySet["AccessToken"]):
    """Tokens by whose they are and whether they still open."""

    def visible_to(self, user: Any) -> Self:
        """One's own."""
        pk = getattr(user, "pk", None)
        return self.filter(user_id=pk) if pk is not None else self.none()

    def usable(self) -> Self:
        """Those whose time is not over."""
        return self.filter(expiry__gt=clock.now())

    def listed(self) -> Self:
        """The one that ends last first."""
        return self.order_by("-expiry", "-id")


class AccessToken(RegionalModel, AbstractAuthToken):
    """A key to the API with the rights of its user, narrowed to its scopes.

    Only a hash of it is kept: whoever reads the table cannot use it. The columns of the library keep their names.
    """

    created = None
    digest = models.CharField(_("hash of the token"), max_length=128, unique=True, editable=False)
    token_key = models.CharField(_("beginning of the token"), max_length=25, db_index=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens", verbose_name=_("user")
    )
    expiry = models.DateTimeField(_("expires at"))
    name = models.CharField(_("name"), max_length=80)
    scopes = models.JSONField(_("scopes"), default=list)
    """Values of ``Scope``."""
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        indexes = [models.Index(fields=["user", "-expiry"], name="access_token_of_user")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_usable(self) -> bool:
        """Whether its time is not over."""
        return self.expiry > clock.now()

    @property
    def scope_names(self) -> list[str]:
        """What it opens, in the language of the page."""
        return [str(scope.label) for scope in Scope if scope in self.scopes]

    def opens(self, domain: str, action: str) -> bool:
        """Whether it may ``read`` or ``write`` in a part of the API, such as ``meetings``. Writing includes reading."""
        wanted = {f"{domain}:{WRITE}"} if action == WRITE else {f"{domain}:{READ}", f"{domain}:{WRITE}"}
        return not wanted.isdisjoint(self.scopes)
