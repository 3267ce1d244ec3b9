"""What lists can be narrowed by. A value that cannot be read is a problem, never ignored."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django_filters import rest_framework as filters

from yhdys.api.fields import FIRST_DAY, LAST_DAY
from yhdys.core import clock


class Filters(filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """Base of all."""


class Words(filters.CharFilter):  # type: ignore[misc]  # as above
    """Every word must be found: the list's own ``search``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)

    def filter(self, rows: Any, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.search(value) if value else rows
        return found


class Flag(filters.BooleanFilter):  # type: ignore[misc]  # as above
    """``true`` or ``false``, and nothing else."""

    class field_class(forms.ChoiceField):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(choices=[("true", "true"), ("false", "false")], required=False, label="")

        def clean(self, value: Any) -> bool | None:
            chosen = super().clean(value)
            return chosen == "true" if chosen else None


A_DAY = timedelta(days=1)


def beginning_of(day: date) -> datetime:
    """The moment at which a Finnish day begins."""
    return clock.helsinki(day.year, day.month, day.day)


class DayFilter(filters.DateFilter):  # type: ignore[misc]  # as above
    """A day as 2026-11-27, within bounds."""

    def __init__(self, **kwargs: Any) -> None:
        bounds = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
        super().__init__(input_formats=["%Y-%m-%d"], validators=bounds, **kwargs)
