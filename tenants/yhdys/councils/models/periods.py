"""Records that hold for a time. Both end dates belong to it; an empty one is open."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from yhdys.core import clock
from yhdys.tenancy.models import RegionalQuerySet


class PeriodQuerySet[M: models.Model](RegionalQuerySet[M]):
    """Records by date."""

    def in_force(self, on: date | None = None) -> Self:
        """Those that hold on the Finnish date ``on``, today by default."""
        day = on or clock.today()
        return self.filter(Q(start=None) | Q(start__lte=day), Q(end=None) | Q(end__gte=day))


def dates_in_order(name: str) -> models.CheckConstraint:
    """The constraint that a record does not end before it starts."""
    return models.CheckConstraint(condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")), name=name)


def holds(start: date | None, end: date | None, day: date) -> bool:
    """Whether a period from ``start`` to ``end`` holds on ``day``."""
    return (start is None or start <= day) and (end is None or day <= end)
