"""Who changed what, and what it was before. The role of a region adds rows and reads them, nothing else."""

from typing import ClassVar

import pghistory.models
from django.db import models
from django.db.models.functions import UUID7
from django.utils.translation import gettext_lazy as _

from yhdys.audit.fields import Moment, Transaction
from yhdys.core import clock, ids
from yhdys.tenancy.models import RegionalQuerySet


class EntryQuerySet(RegionalQuerySet["Entry"]):
    """Entries by what they tell of."""

    def about(self, target: models.Model) -> "EntryQuerySet":
        """The history of one record, newest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))

    def tells_removal(self, model: type[models.Model], pk: object) -> bool:
        """Whether the record of ``model`` with this key was there and has been removed."""
        removed = self.filter(target_type=model._meta.label_lower, target_id=str(pk), verb="removed")
        return removed.exists()


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
    transaction = models.BigIntegerField(null=True, editable=False, db_default=Transaction())
    moment = models.DateTimeField(null=True, editable=False, db_default=Moment())
    """Both name the transaction, as they do in ``Past``; entries from before there was a history have none."""

    objects = EntryQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-at"], name="audit_target"),
            models.Index(fields=["-at"], name="audit_at"),
            models.Index(fields=["transaction"], name="audit_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.target_name}"


class ReadingQuerySet(RegionalQuerySet["Reading"]):
    """Readings by what was read."""

    def within(self, whole: models.Model) -> "ReadingQuerySet":
        """What was read of one record and its parts, newest first."""
        return self.filter(within_id=whole.pk)


class Reading(models.Model):
    """Somebody opened what not everybody may read. Names are written out, so that the entry outlives both."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    reader_id = models.UUIDField(_("who"), null=True, blank=True)
    reader_name = models.CharField(_("who"), max_length=200)
    target_type = models.CharField(_("kind of record"), max_length=60)
    target_id = models.UUIDField(_("record"))
    target_name = models.CharField(_("record"), max_length=250)
    within_id = models.UUIDField(_("part of"))
    """The record whose readings are looked at together, such as the meeting of a paper."""

    objects = ReadingQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["within_id", "-at"], name="audit_reading_within")]

    def __str__(self) -> str:
        return f"{self.reader_name}: {self.target_name}"


class Past(pghistory.models.Event):
    """What a row was until a transaction changed or deleted it. Triggers write it (``audit.triggers``), nobody else.

    Every column may be empty: a column that came later was not known then, and personal data is blanked in time.
    """

    pgh_id = models.UUIDField(primary_key=True, editable=False, db_default=UUID7())  # type: ignore[assignment]  # a number there
    pgh_obj_id = models.UUIDField(editable=False, db_index=True)
    """The row's key; of a link between two, its owner's."""
    pgh_created_at = models.DateTimeField(editable=False, db_default=Moment())
    """When that transaction began, in UTC."""
    pgh_label = models.CharField(max_length=10, editable=False)
    """What happened to the row: update, delete; to a link between two: insert, delete."""
    pgh_transaction = models.BigIntegerField(editable=False, db_index=True, db_default=Transaction())
    pgh_erased_at = models.DateTimeField(null=True, editable=False)
    """When its personal data was blanked."""

    pgh_personal: ClassVar[tuple[str, ...]] = ()
    """The columns that are blanked in time."""

    objects = RegionalQuerySet.as_manager()  # type: ignore[assignment]  # of the region, as all of ours are

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label} {self.pgh_created_at}"
