"""How a body meets: its habits, and the rules that tie it to other bodies. All of it is data that a region sets."""

from typing import Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.councils.enums import Role
from yhdys.councils.models.body import OfBodyQuerySet
from yhdys.meetings.enums import InvitationRole
from yhdys.tenancy.models import RegionalModel

CALL_DAYS_BEFORE = 7
"""How many days before a meeting its call should be out, unless the body says otherwise."""


class MeetingPractice(RegionalModel):
    """A body's habits: when the call should be out, and what a new meeting begins with."""

    body = models.OneToOneField(
        "councils.Body", on_delete=models.CASCADE, related_name="meeting_practice", verbose_name=_("body")
    )
    call_days_before = models.PositiveSmallIntegerField(
        _("days between the call and the meeting"), default=CALL_DAYS_BEFORE
    )
    place = models.CharField(_("usual place"), max_length=200, blank=True)
    address = models.CharField(_("street address"), max_length=200, blank=True)
    remote_link = models.URLField(
        _("usual link for taking part remotely"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("meeting practice")
        verbose_name_plural = _("meeting practices")

    def __str__(self) -> str:
        return str(self.body)


class StandingInvitationQuerySet(OfBodyQuerySet["StandingInvitation"]):
    """Invitations by office."""

    def listed(self) -> Self:
        """With the bodies they name, in a lasting order."""
        return self.select_related("body", "of_body").order_by("id")


class StandingInvitation(RegionalModel):
    """Whoever holds a role in another body is invited to every meeting of this one (ex officio)."""

    body = models.ForeignKey(
        "councils.Body", on_delete=models.CASCADE, related_name="standing_invitations", verbose_name=_("who meets")
    )
    of_body = models.ForeignKey(
        "councils.Body", on_delete=models.CASCADE, related_name="+", verbose_name=_("from the body")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)

    objects = StandingInvitationQuerySet.as_manager()

    brings = InvitationRole.EX_OFFICIO
    """As what the people come whom it names."""

    class Meta(RegionalModel.Meta):
        verbose_name = _("standing invitation")
        verbose_name_plural = _("standing invitations")
        constraints = [
            models.UniqueConstraint(fields=["body", "of_body", "role"], name="standing_invitation_once"),
            models.CheckConstraint(condition=~Q(body=models.F("of_body")), name="standing_invitation_from_another"),
        ]

    def __str__(self) -> str:
        return f"{self.of_body}: {self.get_role_display()}"


class PaperDeliveryQuerySet(OfBodyQuerySet["PaperDelivery"]):
    """Deliveries of papers."""

    def listed(self) -> Self:
        """With the bodies and people they name, in a lasting order."""
        return self.select_related("body", "of_body", "contact__user").order_by("id")


class PaperDelivery(RegionalModel):
    """To whom the call and the minutes of a body go for information: a role of another body, or one person."""

    body = models.ForeignKey(
        "councils.Body", on_delete=models.CASCADE, related_name="paper_deliveries", verbose_name=_("who meets")
    )
    of_body = models.ForeignKey(
        "councils.Body",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to the body"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    contact = models.ForeignKey(
        "organisations.Contact",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to the person"),
    )

    objects = PaperDeliveryQuerySet.as_manager()

    brings = InvitationRole.COPY
    """As what the people are reached whom it names."""

    class Meta(RegionalModel.Meta):
        verbose_name = _("delivery of papers")
        verbose_name_plural = _("deliveries of papers")
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, of_body=None, role="")
                | (Q(contact=None, of_body__isnull=False) & ~Q(role="")),
                name="paper_delivery_to_role_or_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.contact) if self.contact is not None else f"{self.of_body}: {self.get_role_display()}"
