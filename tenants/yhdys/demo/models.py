"""What of the demonstration content a region holds already."""

from django.db import models

from yhdys.tenancy.models import RegionalModel


class LoadedRecord(RegionalModel):
    """A key of the content files and the record that was made of it. What was loaded once is people's to change."""

    key = models.CharField(max_length=200, unique=True)
    object_id = models.UUIDField()

    def __str__(self) -> str:
        return self.key
