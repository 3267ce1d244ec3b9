"""Links that let somebody act without signing in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.tenancy.models.base import RegionalModel, RegionalQuerySet


class ActionLinkQuerySet(RegionalQuerySet["ActionLink"]):
    """Links by whether they still open."""

    def usable(self) -> "ActionLinkQuerySet":
        """Neither revoked nor past their time."""
        return self.filter(revoked_at=None, expires_at__gt=clock.now())


class ActionLink(RegionalModel):
    """A key to one record for one purpose. Only a hash of it is kept: whoever reads the table cannot use it."""

    purpose = models.CharField(_("purpose"), max_length=60)
    target_id = models.UUIDField(_("record"))
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    objects = ActionLinkQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = [models.Index(fields=["purpose", "target_id"], name="action_link_target")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.target_id}"
