"""Kinds that organisations and their contacts know."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Reach(models.TextChoices):
    """How wide an organisation works."""

    LOCAL = "local", pgettext_lazy("organisation's reach", "One municipality")
    SUBREGIONAL = "subregional", pgettext_lazy("organisation's reach", "Several municipalities")
    REGIONAL = "regional", pgettext_lazy("organisation's reach", "The whole region")
    NATIONAL = "national", pgettext_lazy("organisation's reach", "The whole country")


class ConsentField(models.TextChoices):
    """What of a person is published only by their own consent (law.md 10)."""

    PHOTO = "photo", pgettext_lazy("personal data", "Photograph")
    EMAIL = "email", pgettext_lazy("personal data", "Personal e-mail address")
    PHONE = "phone", pgettext_lazy("personal data", "Personal telephone number")


class ConsentSource(models.TextChoices):
    """How the region came to know of a consent or its withdrawal."""

    OWN_PAGE = "own_page", pgettext_lazy("source of a consent", "Told in the workspace by the person")
    FORM = "form", pgettext_lazy("source of a consent", "Written form")
    EMAIL = "email", pgettext_lazy("source of a consent", "E-mail")
    SPOKEN = "spoken", pgettext_lazy("source of a consent", "Told to the secretary")
    CHANGED = "changed", pgettext_lazy("source of a consent", "Ended because the details changed")
