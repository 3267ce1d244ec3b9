"""Closed lists of the region's face."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Conformance(models.TextChoices):
    """How far the site meets the requirements of the Act on the Provision of Digital Services (306/2019)."""

    FULL = "full", pgettext_lazy("accessibility", "The site meets all requirements")
    PARTIAL = "partial", pgettext_lazy("accessibility", "The site meets most requirements")
    NONE = "none", pgettext_lazy("accessibility", "The site does not yet meet many of the requirements")


class Assessment(models.TextChoices):
    """Who found out how accessible the site is."""

    SELF = "self", pgettext_lazy("accessibility", "The council’s own assessment")
    EXPERT = "expert", pgettext_lazy("accessibility", "An outside expert’s assessment")
    BOTH = "both", pgettext_lazy("accessibility", "The council’s own and an outside expert’s assessment")
