"""Who really was there."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.enums import InvitationRole, Presence
from yhdys.meetings.models.meeting import Meeting
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class AttendanceQuerySet(RegionalQuerySet["Attendance"]):
    """Attendances by whether they count."""

    def there(self) -> Self:
        """Those who took part, in the room or remotely."""
        return self.filter(presence__in=[Presence.PRESENT, Presence.REMOTE])

    def voting(self) -> Self:
        """Those whose presence counts for the quorum."""
        return self.filter(votes=True)


class Attendance(RegionalModel):
    """One person at one meeting. The name is written out: minutes outlive memberships."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendances", verbose_name=_("meeting")
    )
    contact = models.ForeignKey(
        "organisations.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=20, choices=InvitationRole)
    name = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    presence = models.CharField(_("presence"), max_length=20, choices=Presence)
    in_place_of = models.CharField(_("in place of"), max_length=150, blank=True)
    votes = models.BooleanField(_("has a vote"), default=False)
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("Such as “came at 3 §” or “disqualified at 5 §”.")
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "contact"],
                condition=models.Q(contact__isnull=False),
                name="attendance_contact_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_there(self) -> bool:
        """Whether they took part, in the room or remotely."""
        return self.presence in (Presence.PRESENT, Presence.REMOTE)
