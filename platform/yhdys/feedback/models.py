"""Feedback on accessibility: anybody may give it, without a name too, and the law gives 14 days to answer."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.core import access, clock
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet

DAYS_TO_ANSWER = 14
"""Act on the Provision of Digital Services (306/2019): an answer within two weeks of the day the feedback came."""
KEPT_AFTER_ANSWER = timedelta(days=730)
"""How long an answered feedback is kept: an appeal to the supervisory authority refers to it."""


class FeedbackQuerySet(RegionalQuerySet["AccessibilityFeedback"]):
    """Feedback by whether it waits."""

    def visible_to(self, user: Any) -> Self:
        """All of it, for whoever answers it; else none."""
        return self if access.allowed(user, "feedback.answer_feedback", require_scope()) else self.none()

    def waiting(self) -> Self:
        """What nobody has answered, the oldest first."""
        return self.filter(answer=None).order_by("received_at", "id")

    def listed(self) -> Self:
        """What waits on top, the rest by its coming, newest first; with the answers."""
        return self.select_related("answer", "answer__by").order_by(
            models.F("answer").asc(nulls_first=True), "-received_at", "-id"
        )

    def outlived(self) -> Self:
        """What was answered so long ago that it has to go."""
        return self.filter(answer__given_at__lt=clock.now() - KEPT_AFTER_ANSWER)


class AccessibilityFeedback(RegionalModel):
    """What somebody could not use, and perhaps who they are."""

    message = models.TextField(_("what was not accessible"), max_length=3000)
    page = models.CharField(_("on which page"), max_length=300, blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="fi")
    received_at = models.DateTimeField(_("received at"), default=clock.now)

    objects = FeedbackQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("accessibility feedback")
        verbose_name_plural = _("accessibility feedback")
        indexes = [models.Index(fields=["-received_at"], name="feedback_received")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.received_on:%-d.%-m.%Y}"

    @property
    def received_on(self) -> date:
        """The Finnish date on which it came."""
        return self.received_at.astimezone(clock.HELSINKI).date()

    @property
    def due(self) -> date:
        """The Finnish date by which it has to be answered."""
        return self.received_on + timedelta(days=DAYS_TO_ANSWER)

    @property
    def is_answered(self) -> bool:
        """Whether somebody has answered it, or noted what was done about an anonymous one."""
        return hasattr(self, "answer")

    @property
    def is_late(self) -> bool:
        """Whether the fourteen days have passed without an answer."""
        return not self.is_answered and self.due < clock.today()


class FeedbackAnswer(RegionalModel):
    """The answer. For anonymous feedback it is a note of what was done."""

    feedback = models.OneToOneField(
        AccessibilityFeedback, on_delete=models.CASCADE, related_name="answer", verbose_name=_("feedback")
    )
    text = models.TextField(_("answer"), max_length=5000)
    given_at = models.DateTimeField(_("answered at"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("answer to feedback")
        verbose_name_plural = _("answers to feedback")

    def __str__(self) -> str:
        return str(self.feedback)
