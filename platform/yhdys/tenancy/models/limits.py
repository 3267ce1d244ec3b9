"""Limits that hold while the cache server is down."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.tenancy.models.base import RegionalModel, RegionalQuerySet


class KeptLimitQuerySet(RegionalQuerySet["KeptLimit"]):
    """Limits by whether they still hold."""

    def holding(self) -> Self:
        """Those whose time is not over."""
        return self.filter(expires_at__gt=clock.now())

    def over(self) -> Self:
        """Those whose time is over."""
        return self.filter(expires_at__lte=clock.now())


class KeptLimit(RegionalModel):
    """How often somebody tried, or which code was used. The value is JSON: what a table holds is never run."""

    key = models.CharField(_("key"), max_length=255, unique=True)
    value = models.JSONField(_("value"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    objects = KeptLimitQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("limit")
        verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return self.key
