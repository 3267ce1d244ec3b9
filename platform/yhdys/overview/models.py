"""What regions tell the nation: who they are, figures and published items.

Regions push these rows into the public schema, each under its own role; row-level security keeps it to its own rows.
Nothing here reads a region's schema.
"""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.core.names import in_language
from yhdys.overview.enums import Kind
from yhdys.overview.registry import Metric, metric, metrics


class RegionProfile(models.Model):
    """What a region's council is called, and when the region last told anything."""

    schema = models.CharField(_("region"), max_length=40, unique=True)
    council_name_fi = models.CharField(_("name of the council in Finnish"), max_length=200)
    council_name_sv = models.CharField(_("name of the council in Swedish"), max_length=200, blank=True)
    council_name_en = models.CharField(_("name of the council in English"), max_length=200, blank=True)
    host_organisation = models.CharField(_("host organisation"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("demonstration content"), default=False)
    as_of = models.DateTimeField(_("as of"))

    class Meta:
        verbose_name = _("region's profile")
        verbose_name_plural = _("regions' profiles")

    def __str__(self) -> str:
        return self.council_name

    @property
    def council_name(self) -> str:
        """The name in the language of the page, else in Finnish."""
        return in_language(fi=self.council_name_fi, sv=self.council_name_sv, en=self.council_name_en)

    @property
    def council_name_language(self) -> str:
        """The language in which ``council_name`` really is."""
        in_page_language = in_language(fi="fi", sv=self.council_name_sv and "sv", en=self.council_name_en and "en")
        return in_page_language or "fi"


class FigureQuerySet(models.QuerySet["Figure"]):
    """What regions told in numbers."""

    def counted(self) -> Self:
        """The figures that are still counted, of every period."""
        return self.filter(metric__in=[one.name for one in metrics()])


class Figure(models.Model):
    """One number of one region for one period, as of the moment it was counted."""

    schema = models.CharField(_("region"), max_length=40)
    metric = models.CharField(_("figure"), max_length=60)
    period = models.CharField(
        _("period"), max_length=7, help_text=_("A month as 2026-11, a year as 2026, or “now” for the state of things.")
    )
    value = models.BigIntegerField(_("value"), null=True, help_text=_("Empty when it is too small to be told."))
    as_of = models.DateTimeField(_("as of"))

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [models.UniqueConstraint(fields=["schema", "metric", "period"], name="figure_once")]
        indexes = [models.Index(fields=["metric", "period"], name="figure_across_regions")]

    def __str__(self) -> str:
        return f"{self.schema} {self.metric} {self.period}: {self.value}"

    @property
    def definition(self) -> Metric | None:
        """What the number means; None for a figure that nobody counts any more."""
        return metric(self.metric)

    @property
    def day(self) -> date | None:
        """The date that the number stands for, when it stands for one."""
        if self.value is None or self.definition is None or self.definition.kind != Kind.DAY:
            return None
        return datetime.strptime(str(self.value), "%Y%m%d").date()  # noqa: DTZ007 - a date without a time of day


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

    class Meta:
        verbose_name = _("published item")
        verbose_name_plural = _("published items")
        ordering = ["-published_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["schema", "kind", "key"], name="published_item_once")]
        indexes = [
            models.Index(fields=["-published_at"], name="published_item_newest"),
            models.Index(fields=["schema", "-published_at"], name="published_item_of_region"),
        ]

    def __str__(self) -> str:
        return self.title
