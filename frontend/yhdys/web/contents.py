"""In which language a content is shown: the page's own where it exists, else the first in which it was written."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model
from django.utils import translation

LANGUAGES: tuple[str, ...] = tuple(settings.MODELTRANSLATION_FALLBACK_LANGUAGES)


def page_language() -> str:
    """The language of the page: ``fi``, ``sv`` or ``en``."""
    return (translation.get_language() or settings.LANGUAGE_CODE).partition("-")[0]


def language_of(record: Model, field: str) -> str:
    """The language in which a translated field of ``record`` is shown on this page; the page's own for an empty one."""
    here = page_language()
    for code in (here, *LANGUAGES):
        if getattr(record, f"{field}_{code}", None):
            return code
    return here


def written_in(record: Model, fields: Iterable[str]) -> list[str]:
    """The languages in which all of ``fields`` are written, Finnish first."""
    return [code for code in LANGUAGES if all(getattr(record, f"{field}_{code}", None) for field in fields)]
