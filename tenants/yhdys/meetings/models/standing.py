"""What every meeting of a body deals with, by the kind of meeting: the items that a new agenda begins with."""

from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from yhdys.councils.models import Body
from yhdys.meetings.enums import ItemKind, MeetingKind
from yhdys.meetings.models.agenda import MOST_MINUTES
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class StandingItemQuerySet(RegionalQuerySet["StandingItem"]):
    """Standing items by body and kind of meeting."""

    def visible_to(self, user: object) -> Self:
        """Those of bodies that ``user`` may see in the workspace."""
        return self.filter(body__in=Body.objects.visible_to(user)).select_related("body")

    def begun_with(self, body: Body, kind: str) -> Self:
        """What a new meeting of that kind begins with, in its order."""
        return self.filter(body=body, meeting_kind=kind).order_by("number")


class StandingItem(RegionalModel):
    """One item of a body's template for one kind of meeting. Its number is its place there, from 1."""

    if TYPE_CHECKING:
        title_fi: str

    body = models.ForeignKey(
        "councils.Body", on_delete=models.CASCADE, related_name="standing_items", verbose_name=_("who meets")
    )
    meeting_kind = models.CharField(
        _("kind of meeting"), max_length=20, choices=MeetingKind, default=MeetingKind.ORDINARY
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind, default=ItemKind.FORMAL)
    title = models.CharField(_("title"), max_length=250)
    presenter = models.CharField(_("presenter"), max_length=200, blank=True)
    minutes_planned = models.PositiveSmallIntegerField(
        _("minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    stays_last = models.BooleanField(
        _("at the end of the agenda"), default=False, help_text=_("Matters that are added later come before it.")
    )

    objects = StandingItemQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("standing item")
        verbose_name_plural = _("standing items")
        ordering = ["meeting_kind", "number"]
        constraints = [
            # Checked at the end of the transaction: renumbering passes through equal numbers.
            models.UniqueConstraint(
                fields=["body", "meeting_kind", "number"],
                name="standing_item_number_once",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="standing_item_number_from_one"),
        ]

    def __str__(self) -> str:
        return self.title
