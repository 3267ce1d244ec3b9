"""Rules by which a body's meetings reach people of other bodies."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.councils.enums import Role, TieKind
from yhdys.councils.models.body import Body
from yhdys.councils.models.membership import Membership
from yhdys.organisations.models import Contact
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class TieQuerySet(RegionalQuerySet["Tie"]):
    """Ties of a body."""

    def listed(self) -> Self:
        """Invitations before deliveries."""
        return self.select_related("other_body", "contact").order_by("-kind", "id")


class Tie(RegionalModel):
    """Who outside the body is invited to its meetings, or gets their papers: a role of another body, or a person.

    The region sets these; no code knows which council invites whom.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="ties", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=8, choices=TieKind)
    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    other_body = models.ForeignKey(
        Body, on_delete=models.CASCADE, null=True, blank=True, related_name="ties_elsewhere", verbose_name=_("of body")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="ties", verbose_name=_("person")
    )

    objects = TieQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("tie between bodies")
        verbose_name_plural = _("ties between bodies")
        constraints = [
            models.CheckConstraint(
                name="tie_names_a_role_or_a_person",
                condition=Q(contact__isnull=False, role="", other_body=None)
                | Q(contact=None, other_body__isnull=False) & ~Q(role=""),
            ),
            models.UniqueConstraint(
                fields=["body", "kind", "role", "other_body", "contact"], nulls_distinct=False, name="tie_once"
            ),
        ]

    def __str__(self) -> str:
        who = self.contact or f"{self.get_role_display()}, {self.other_body}"
        return f"{self.get_kind_display()}: {who}"

    def people(self, on: date | None = None) -> list[Contact]:
        """Whom the tie means on the date."""
        if self.contact is not None:
            return [self.contact]
        holders = Membership.objects.filter(body=self.other_body, role=self.role).in_force(on).listed()
        return [holder.contact for holder in holders]
