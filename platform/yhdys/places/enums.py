"""States and kinds of places."""

from django.db import models
from django.utils.translation import pgettext_lazy


class LanguageStatus(models.TextChoices):
    """A municipality's languages by the Government's decree under section 5 of the Language Act (423/2003)."""

    FINNISH = "finnish", pgettext_lazy("municipality", "Finnish-speaking")
    BILINGUAL = "bilingual", pgettext_lazy("municipality", "bilingual")
    SWEDISH = "swedish", pgettext_lazy("municipality", "Swedish-speaking")


class SamiHomeland(models.TextChoices):
    """How much of a municipality is Sámi homeland (section 4 of the Act on the Sámi Parliament, 974/1995)."""

    NONE = "none", pgettext_lazy("sami homeland", "outside the Sámi homeland")
    PART = "part", pgettext_lazy("sami homeland", "partly in the Sámi homeland")
    WHOLE = "whole", pgettext_lazy("sami homeland", "in the Sámi homeland")
