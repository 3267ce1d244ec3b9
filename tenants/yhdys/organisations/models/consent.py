"""A person's leave to publish something of theirs."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.organisations.enums import ConsentField, ConsentSource
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class ConsentQuerySet(RegionalQuerySet["Consent"]):
    """Consents by date."""

    def in_force(self) -> Self:
        """Given and not withdrawn by today. A withdrawal counts from its own day."""
        today = clock.today()
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=today), given_on__lte=today)

    def told(self) -> Self:
        """To what each consents, and whose it is."""
        return self.only("contact", "field")

    def history(self) -> Self:
        """Newest first."""
        return self.select_related("recorded_by").order_by("-given_on", "-id")


class Consent(RegionalModel):
    """One consent from its giving to its withdrawal; kept afterwards as the proof of both (GDPR article 7)."""

    contact = models.ForeignKey(
        "organisations.Contact", on_delete=models.CASCADE, related_name="consents", verbose_name=_("contact")
    )
    field = models.CharField(_("what may be published"), max_length=10, choices=ConsentField)
    given_on = models.DateField(_("given on"))
    source = models.CharField(_("how it was given"), max_length=10, choices=ConsentSource)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_source = models.CharField(_("how it was withdrawn"), max_length=10, choices=ConsentSource, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "field"], condition=Q(withdrawn_on=None), name="consent_once_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")), name="consent_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_field_display()}"
