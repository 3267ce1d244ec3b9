"""Effects that must happen after a transaction, kept as rows of that transaction."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.tenancy.models.base import RegionalModel, RegionalQuerySet


class OutboxQuerySet(RegionalQuerySet["OutboxEntry"]):
    """Entries by what is to be done with them."""

    def due(self) -> "OutboxQuerySet":
        """What should run now, oldest first."""
        return self.filter(state=OutboxEntry.State.WAITING, due_at__lte=clock.now()).order_by("due_at", "id")


class OutboxEntry(RegionalModel):
    """One effect, such as "send this convocation". The receiver claims the row, so twice has one effect."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("effect", "Waiting")
        DONE = "done", pgettext_lazy("effect", "Done")
        FAILED = "failed", pgettext_lazy("effect", "Failed")

    effect = models.CharField(_("effect"), max_length=100)
    arguments = models.JSONField(_("arguments"), default=list)
    language = models.CharField(_("language"), max_length=10, default="fi")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("due at"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        indexes = [
            models.Index(fields=["due_at"], name="outbox_due", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.effect} {self.arguments}"
