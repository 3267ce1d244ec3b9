"""What regions tell the nation: figures and published items. Regions push them; nothing here reads their schemas."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Figure(models.Model):
    """One number of one region for one period, as of the moment it was counted."""

    schema = models.CharField(_("region"), max_length=40)
    metric = models.CharField(_("figure"), max_length=60)
    period = models.CharField(_("period"), max_length=7, help_text=_("A month as 2026-11, or a year as 2026."))
    value = models.BigIntegerField(_("value"), null=True, help_text=_("Empty when it is too small to be told."))
    as_of = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [models.UniqueConstraint(fields=["schema", "metric", "period"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.schema} {self.metric} {self.period}: {self.value}"


class PublishedItem(models.Model):
    """Something a region has published, as the national site shows it: a title and the way there."""

    schema = models.CharField(_("region"), max_length=40)
    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="fi")
    path = models.CharField(_("address in the region's site"), max_length=500)
    published_at = models.DateTimeField(_("published at"))
    demonstration = models.BooleanField(_("demonstration content"), default=False)

    class Meta:
        verbose_name = _("published item")
        verbose_name_plural = _("published items")
        ordering = ["-published_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["schema", "kind", "key"], name="published_item_once")]
        indexes = [models.Index(fields=["-published_at"], name="published_item_newest")]

    def __str__(self) -> str:
        return self.title
