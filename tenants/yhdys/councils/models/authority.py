"""Authorities that a council meets: hosts, counties, municipalities, ministries."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.core import access
from yhdys.core.text import sort_key
from yhdys.councils.enums import AuthorityKind, AuthorityLanguage
from yhdys.councils.models.periods import PeriodQuerySet, dates_in_order
from yhdys.places.models import Municipality, WellbeingServicesCounty
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel


class AuthorityQuerySet(PeriodQuerySet["Authority"]):
    """Authorities in the Finnish alphabet."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def listed(self) -> Self:
        """In the Finnish alphabet, with their successors."""
        return self.select_related("successor").order_by("sort_key", "id")


class Authority(RegionalModel):  # type: ignore[django-manager-missing]  # translated at run time
    """An authority for the time it exists. A successor can take over its seats in mid-term."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=AuthorityKind)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    county = models.ForeignKey(
        WellbeingServicesCounty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wellbeing services county"),
    )
    registry_email = models.EmailField(_("e-mail address of the registry"), blank=True)
    registry_address = models.TextField(_("postal address of the registry"), blank=True)
    website = models.URLField(_("website"), blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=AuthorityLanguage, default=AuthorityLanguage.FINNISH
    )
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")

    if TYPE_CHECKING:  # The translations add it.
        name_fi: str

    objects = AuthorityQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = [
            dates_in_order("authority_dates"),
            models.CheckConstraint(
                condition=models.Q(successor=None) | models.Q(end__isnull=False),
                name="authority_with_successor_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """Keep the key of the Finnish alphabet beside the name."""
        self.sort_key = sort_key(self.name_fi or self.name)[:200]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(**kwargs)
