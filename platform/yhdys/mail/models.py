"""Letters that leave. Every letter is a row first, so that none is lost silently."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class OutgoingMailQuerySet(RegionalQuerySet["OutgoingMail"]):
    """Letters by what they are about and how they fared."""

    def regarding(self, target: models.Model) -> "OutgoingMailQuerySet":
        """Letters about one record."""
        return self.filter(regarding_type=target._meta.label_lower, regarding_id=str(target.pk))

    def failed(self) -> "OutgoingMailQuerySet":
        """Letters that were given up; a person has to look at them."""
        return self.filter(state=OutgoingMail.State.FAILED)


class OutgoingMail(RegionalModel):
    """One letter to one receiver or to a few who see each other."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("letter", "Waiting to leave")
        SENT = "sent", pgettext_lazy("letter", "Sent")
        FAILED = "failed", pgettext_lazy("letter", "Could not be delivered")
        NOT_SENT = "not_sent", pgettext_lazy("letter", "Not sent (recorded afterwards)")

    purpose = models.CharField(_("purpose"), max_length=60)
    regarding_type = models.CharField(_("kind of record"), max_length=60, blank=True)
    regarding_id = models.CharField(_("record"), max_length=40, blank=True)
    to = models.JSONField(_("to"))
    sender = models.CharField(_("sender"), max_length=320)
    reply_to = models.CharField(_("replies to"), max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    """Only its receiver may read it, a code to sign in with for one: its text goes when it has left or failed."""
    message_id = models.CharField(_("message id"), max_length=250, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["regarding_type", "regarding_id"], name="mail_regarding")]

    def __str__(self) -> str:
        return self.subject


class MailAttachment(RegionalModel):
    """A file that goes with a letter; it leaves the database when the letter has left."""

    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("letter")
    )
    position = models.PositiveSmallIntegerField(default=0)
    filename = models.CharField(_("file name"), max_length=200)
    mimetype = models.CharField(_("type"), max_length=120)
    content = models.BinaryField(_("content"))

    class Meta(RegionalModel.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.filename
