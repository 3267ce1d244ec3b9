"""Message catalogues as files: ``<app>/locale/<language>/LC_MESSAGES/django.po`` beside its compiled ``.mo``."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fi", "sv")
"""English falls back to the identifiers themselves."""


def apps(project: Path) -> list[Path]:
    """The folders of all our apps, over the four roots."""
    return sorted(path for path in project.glob("*/yhdys/*") if path.is_dir() and any(path.glob("*.py")))


def catalogue(app: Path, language: str) -> Path:
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """An empty catalogue when there is no file. Raises ValueError, naming the file, when it cannot be read."""
    if not path.exists():
        return Catalog(locale=language, domain="django", fuzzy=False)
    with path.open("rb") as source:
        try:
            return read_po(source, locale=language, domain="django", abort_invalid=True)
        except Exception as error:
            raise ValueError(f"{path}: {error}") from error


def compile_all(project: Path) -> int:
    """Compile what changed since it was compiled; whole or not at all. Answers how many."""
    count = 0
    for app in apps(project):
        for language in LANGUAGES:
            source = catalogue(app, language)
            target = source.with_suffix(".mo")
            if not source.exists() or (target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns):
                continue
            beside = target.with_suffix(".mo.new")
            with beside.open("wb") as out:
                write_mo(out, read(source, language))
            beside.replace(target)
            count += 1
    return count
