"""The facts of publishing: when and by whom an article came out and was taken back, and where else it appeared."""

from typing import Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.councils.models import PublicationChannel
from yhdys.news.models.article import Article
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class PublicationQuerySet(RegionalQuerySet["Publication"]):
    """Publications by whether they last."""

    def in_force(self) -> Self:
        """Those that have not been taken back."""
        return self.filter(ended_at=None)


class Publication(RegionalModel):
    """One stretch of time in which an article is public."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="publications", verbose_name=_("article")
    )
    began_at = models.DateTimeField(_("published at"), default=clock.now)
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    ended_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["article"], condition=Q(ended_at=None), name="article_is_published_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="publication_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)


class Elsewhere(RegionalModel):
    """The same text somewhere else: on the host's site, in the national programme's blog series."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="elsewhere", verbose_name=_("article"))
    channel = models.ForeignKey(
        PublicationChannel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publication channel"),
    )
    name = models.CharField(_("where, if not in a channel of the council"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, validators=[URLValidator(schemes=["https", "http"])])
    on = models.DateField(_("published on"), null=True, blank=True)

    class Meta(RegionalModel.Meta):
        verbose_name = _("appearance elsewhere")
        verbose_name_plural = _("appearances elsewhere")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "url"], name="appearance_once"),
            models.CheckConstraint(condition=Q(channel__isnull=False) | ~Q(name_fi=""), name="appearance_has_place"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """Where it appeared: the channel's name, else what was written."""
        return self.channel.name if self.channel else self.name
