"""The shared lists by which things are found: sectors of organisations and subject keywords (public schema)."""

from django.db import models

from yhdys.core.names import Named


class Sector(Named):
    """A sector of organisations in the default list; a region may add sectors of its own beside these."""

    code = models.SlugField(max_length=50, primary_key=True)
    position = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["position"]


class Keyword(Named):
    """A subject keyword of the field, with its address in the General Finnish Ontology YSO where one is confirmed."""

    code = models.SlugField(max_length=50, primary_key=True)
    yso_uri = models.URLField(blank=True)

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                name="one_keyword_per_yso_concept", fields=["yso_uri"], condition=~models.Q(yso_uri="")
            )
        ]
