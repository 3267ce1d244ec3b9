"""At which item a body named somebody to a group outside."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.models.agenda import AgendaItem
from yhdys.meetings.models.meeting import PartQuerySet
from yhdys.tenancy.models import RegionalModel


class NamingQuerySet(PartQuerySet["Naming"]):
    """Namings by who may read their item."""

    to_meeting = "item__meeting"

    def with_item(self) -> Self:
        """With the item and its meeting."""
        return self.select_related("item__meeting__body", "item__meeting__announcement")

    def public(self) -> Self:
        """Those at public items of meetings in the public calendar."""
        items: Any = AgendaItem.objects.public()
        return self.filter(item__in=items, item__meeting__announcement__isnull=False)


class Naming(RegionalModel):
    """A representative was named at an item of the body's meeting."""

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="namings", verbose_name=_("agenda item")
    )
    representation = models.OneToOneField(
        "councils.Representation", on_delete=models.CASCADE, related_name="naming", verbose_name=_("representation")
    )

    objects = NamingQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("naming")
        verbose_name_plural = _("namings")

    def __str__(self) -> str:
        return f"{self.item} ({self.representation})"
