"""Names that exist in the country's languages."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from yhdys.core.text import sort_key


def in_language(*, fi: str, sv: str = "", en: str = "", language: str | None = None) -> str:
    """The text in ``language`` (default: the active one), else in Finnish."""
    chosen = (language or get_language() or "fi").split("-")[0]
    return {"sv": sv, "en": en}.get(chosen, fi) or fi


def in_all(*fields: str) -> list[str]:
    """The columns of translated texts: ``in_all("name")`` is name_fi, name_sv and name_en.

    A text that is shown may come from any of them, and never from the column without a language.
    """
    return [f"{field}_{code}" for field in fields for code, _name in settings.LANGUAGES]


class Named(models.Model):
    """A record of reference data with an official name in Finnish and Swedish and, where one exists, in English.

    Plain columns instead of translated fields: reference data is loaded as it stands and edited by nobody.
    """

    name_fi = models.CharField(max_length=200)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def set_sort_key(self) -> None:
        """Derive the key that puts the Finnish names in their alphabet; loaders call it before they compare."""
        self.sort_key = sort_key(self.name_fi)

    @property
    def name(self) -> str:
        """The name in the active language, else in Finnish."""
        return in_language(fi=self.name_fi, sv=self.name_sv, en=self.name_en)
