"""Who changed what. Rows are only ever added: the region's role may not change or delete them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock, ids
from yhdys.tenancy.models import RegionalQuerySet


class EntryQuerySet(RegionalQuerySet["Entry"]):
    """Entries by what they tell of."""

    def about(self, target: models.Model) -> "EntryQuerySet":
        """The history of one record, newest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))


class Entry(models.Model):
    """One thing somebody did to one record. Names are written out, so that the entry outlives both."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    actor_id = models.UUIDField(_("who"), null=True, blank=True)
    actor_name = models.CharField(_("who"), max_length=200, blank=True)
    verb = models.CharField(_("what"), max_length=60)
    target_type = models.CharField(_("kind of record"), max_length=60)
    target_id = models.CharField(_("record"), max_length=40)
    target_name = models.CharField(_("record"), max_length=250)
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-at"], name="audit_target"),
            models.Index(fields=["-at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.target_name}"
