"""Orders that no column holds."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PlaceIn(models.Func):
    """The place of a column's value among ``values``, from 1; null for any other value, which comes last.

    One expression whatever the number of values, where a Case builds and compares a condition for each.
    """

    function = "array_position"
    output_field = models.IntegerField()

    def __init__(self, column: str, values: Iterable[str], **extra: Any) -> None:
        listed = models.Value(list(values), output_field=ArrayField(models.CharField()))
        super().__init__(listed, models.F(column), **extra)
