"""Minutes or a memo of a meeting: checked, approved, published, and after that only corrected."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.core.fields import RichTextField
from yhdys.councils.enums import MinutesKind
from yhdys.meetings.enums import CheckState, MinutesState
from yhdys.meetings.models.meeting import Meeting
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class MinutesQuerySet(RegionalQuerySet["Minutes"]):
    """Minutes by state."""

    def known_to(self, user: Any) -> Self:
        """What anyone may read, and the minutes of those meetings whose papers ``user`` reads."""
        known = Meeting.objects.known_to(user)
        seen = known.filter(is_seen=True)
        return self.filter(
            Q(state=MinutesState.PUBLISHED, meeting__in=known.values("pk")) | Q(meeting__in=seen.values("pk"))
        )

    def published(self) -> Self:
        """What anyone may read."""
        return self.filter(state=MinutesState.PUBLISHED)

    def unfinished(self) -> Self:
        """Not published yet."""
        return self.exclude(state=MinutesState.PUBLISHED)


class Minutes(RegionalModel):
    """The written record of one meeting ([O] resultsProtocol).

    The page of the minutes is made of this text, the attendance and the items with what was said and resolved; all of
    them are locked when the minutes are approved.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=10, choices=MinutesKind, default=MinutesKind.MINUTES)
    state = models.CharField(
        _("state"), max_length=15, choices=MinutesState, default=MinutesState.DRAFT, editable=False
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fi")
    text = RichTextField(
        _("text"), blank=True, help_text=_("What belongs to no single item. The items follow it by themselves.")
    )
    review_by = models.DateField(_("to be checked by"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = MinutesQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MinutesState.PUBLISHED) | Q(published_at__isnull=False),
                name="minutes_published_have_time",
            )
        ]
        indexes = [models.Index(fields=["-published_at"], name="minutes_published")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.meeting}"

    @property
    def is_locked(self) -> bool:
        """Whether only numbered corrections may change what it says."""
        return self.state in (MinutesState.APPROVED, MinutesState.PUBLISHED)

    @property
    def is_published(self) -> bool:
        """Whether anyone may read it."""
        return self.state == MinutesState.PUBLISHED


class MinutesVersion(RegionalModel):
    """How the whole record read when it was sent to the checkers, and when it was approved."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions", verbose_name=_("minutes"))
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=15, choices=MinutesState)
    text = RichTextField(_("text"))
    html = RichTextField(_("the whole record"))
    saved_at = models.DateTimeField(_("saved at"), default=clock.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved by"),
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_once")]

    def __str__(self) -> str:
        return f"{self.minutes} {self.number}"


class MinutesCheck(RegionalModel):
    """One checker's part in approving the minutes."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="checks", verbose_name=_("minutes"))
    contact = models.ForeignKey(
        "organisations.Contact", on_delete=models.PROTECT, related_name="minutes_checks", verbose_name=_("checker")
    )
    state = models.CharField(_("state"), max_length=10, choices=CheckState, default=CheckState.WAITING)
    note = models.CharField(_("what should be changed"), max_length=1000, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    class Meta(RegionalModel.Meta):
        verbose_name = _("check of minutes")
        verbose_name_plural = _("checks of minutes")
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["minutes", "contact"], name="minutes_checker_once")]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_state_display()}"


class MinutesCorrection(RegionalModel):
    """A numbered correction after approval; the text itself stays as it was approved."""

    minutes = models.ForeignKey(
        Minutes, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("minutes")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = RichTextField(_("correction"))
    corrected_at = models.DateTimeField(_("corrected at"), default=clock.now)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("corrected by"),
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="minutes_correction_once")]

    def __str__(self) -> str:
        return f"{self.minutes}: {self.number}"
