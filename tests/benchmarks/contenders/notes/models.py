"""The one table that the contenders' page reads; ours as each regional table is, the others' as Django makes them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

if settings.SETTINGS_MODULE.endswith(".ours"):
    from yhdys.tenancy.models import RegionalModel as Base
else:

    class Base(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        created_at = models.DateTimeField(default=timezone.now)
        updated_at = models.DateTimeField(default=timezone.now)

        class Meta:
            abstract = True


class Note(Base):
    """A text of a region."""

    number = models.IntegerField(unique=True)
    region = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        app_label = "notes"
        managed = False
        db_table = "bench_note"

    def __str__(self) -> str:
        return f"{self.region} {self.number}"
