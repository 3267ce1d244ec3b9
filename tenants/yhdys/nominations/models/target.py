"""What balance a region wants of its council."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access
from yhdys.councils.enums import Represents
from yhdys.councils.models import Body
from yhdys.keywords.models import Sector
from yhdys.nominations.enums import TargetKind
from yhdys.places.models import Municipality
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class TargetQuerySet(RegionalQuerySet["Target"]):
    """Targets of bodies."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def of_body(self, body: Body) -> Self:
        """One body's, kind by kind."""
        return (
            self.filter(body=body)
            .select_related("body", "sector", "municipality")
            .order_by("kind", "sector__position", "municipality__name_fi", "seat_kind", "id")
        )


class Target(RegionalModel):
    """How many members a body wants, at the least, from a sector, a municipality or a kind of seat."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="targets", verbose_name=_("body"))
    kind = models.CharField(_("balanced by"), max_length=12, choices=TargetKind)
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    seat_kind = models.CharField(_("kind of seat"), max_length=12, choices=Represents, blank=True)
    at_least = models.PositiveSmallIntegerField(_("members at least"), default=1)

    objects = TargetQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("target of balance")
        verbose_name_plural = _("targets of balance")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=TargetKind.SECTOR, sector__isnull=False, municipality=None, seat_kind="")
                | Q(kind=TargetKind.MUNICIPALITY, sector=None, municipality__isnull=False, seat_kind="")
                | (Q(kind=TargetKind.SEAT_KIND, sector=None, municipality=None) & ~Q(seat_kind="")),
                name="target_names_one_thing",
            ),
            models.UniqueConstraint(
                fields=["body", "kind", "sector", "municipality", "seat_kind"],
                name="target_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(at_least__gte=1), name="target_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The sector, the municipality or the kind of seat, in words."""
        return str(self.sector or self.municipality or self.get_seat_kind_display())
