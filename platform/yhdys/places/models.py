"""Municipalities and wellbeing services counties of the whole country; they live in the public schema."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from yhdys.core.names import Named, in_language
from yhdys.places.enums import LanguageStatus, SamiHomeland


class PlaceQuerySet[M: Place](models.QuerySet[M]):
    def valid_on(self, day: date) -> Self:
        """Places that exist on the date; both end dates belong to the time."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Place(Named):
    """What counties and municipalities have in common."""

    # Empty: older than these records.
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def exists_on(self, day: date) -> bool:
        """Whether the place exists on the date; both end dates belong to the time."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class WellbeingServicesCounty(Place):
    """A county that has organised health, social and rescue services since 1 January 2023 (Act 611/2021)."""

    code = models.CharField(max_length=2, primary_key=True)
    short_name_fi = models.CharField(max_length=100)
    short_name_sv = models.CharField(max_length=100)

    objects = PlaceQuerySet["WellbeingServicesCounty"].as_manager()

    class Meta:
        ordering = ["sort_key"]

    @property
    def short_name(self) -> str:
        """The name without the word for a county, in the active language."""
        return in_language(fi=self.short_name_fi, sv=self.short_name_sv)


class MunicipalityQuerySet(PlaceQuerySet["Municipality"]):
    def of_region(self, region_code: str) -> Self:
        """Municipalities of the region with this code of Statistics Finland (``18`` is Kainuu)."""
        return self.filter(region_code=region_code)

    def in_sami_homeland(self) -> Self:
        """Municipalities that belong to the Sámi homeland wholly or partly."""
        return self.exclude(sami_homeland=SamiHomeland.NONE)


class Municipality(Place):
    """A municipality by Statistics Finland's code.

    One that has merged stays, with its last day and its successor, because organisations, decisions and old rosters
    point to it. The table reaches back to the mergers of 2015.
    """

    code = models.CharField(max_length=3, primary_key=True)
    region_code = models.CharField(max_length=2, db_index=True)
    # Helsinki and the municipalities of Åland have none.
    county = models.ForeignKey(
        WellbeingServicesCounty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="municipalities",
    )
    language_status = models.CharField(
        max_length=10,
        choices=LanguageStatus,
        default=LanguageStatus.FINNISH,
    )
    sami_homeland = models.CharField(
        max_length=5,
        choices=SamiHomeland,
        default=SamiHomeland.NONE,
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                name="municipality_with_successor_has_ended",
                condition=Q(successor=None) | Q(valid_to__isnull=False),
            )
        ]

    @property
    def name(self) -> str:
        """The name in the active language. In English a Swedish-speaking municipality goes by its Swedish name."""
        if self.language_status == LanguageStatus.SWEDISH and not (get_language() or "fi").startswith("fi"):
            return self.name_sv
        return in_language(fi=self.name_fi, sv=self.name_sv, en=self.name_en)

    @property
    def is_bilingual(self) -> bool:
        """Whether the municipality itself must serve in Finnish and in Swedish."""
        return self.language_status == LanguageStatus.BILINGUAL
