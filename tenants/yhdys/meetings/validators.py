"""What may stand in a meeting's records."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, cast

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

MOST_PAPER_BYTES = 20 * 1024 * 1024
"""The largest paper: 20 MB."""
MOST_ZIP_ENTRIES = 5_000


@dataclass(frozen=True)
class PaperType:
    """A kind of file that may be a paper: its ending, its first bytes and, in a ZIP container, what lies inside."""

    ending: str
    mimetype: str
    magic: bytes
    inside: str = ""
    """A ZIP container holds an entry whose name begins so."""
    declares: str = ""
    """An OpenDocument container's ``mimetype`` entry says this."""


_OPEN = "application/vnd.oasis.opendocument."
_MICROSOFT = "application/vnd.openxmlformats-officedocument."
PAPER_TYPES = (
    PaperType("pdf", "application/pdf", b"%PDF-"),
    PaperType("docx", f"{_MICROSOFT}wordprocessingml.document", b"PK\x03\x04", inside="word/"),
    PaperType("xlsx", f"{_MICROSOFT}spreadsheetml.sheet", b"PK\x03\x04", inside="xl/"),
    PaperType("pptx", f"{_MICROSOFT}presentationml.presentation", b"PK\x03\x04", inside="ppt/"),
    PaperType("odt", f"{_OPEN}text", b"PK\x03\x04", declares=f"{_OPEN}text"),
    PaperType("ods", f"{_OPEN}spreadsheet", b"PK\x03\x04", declares=f"{_OPEN}spreadsheet"),
    PaperType("odp", f"{_OPEN}presentation", b"PK\x03\x04", declares=f"{_OPEN}presentation"),
    PaperType("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    PaperType("jpg", "image/jpeg", b"\xff\xd8\xff"),
    PaperType("jpeg", "image/jpeg", b"\xff\xd8\xff"),
)
PAPER_ENDINGS = tuple(kind.ending for kind in PAPER_TYPES)


def paper_type(file: File[Any]) -> PaperType:
    """The type of an uploaded paper by its name *and* its content. Raises ValidationError with a sentence.

    HTML, SVG, scripts and archives are no papers whatever their names say; macros have no ending of their own here.
    """
    ending = (file.name or "").rpartition(".")[2].lower()
    if not file.size:
        raise ValidationError(_("The file is empty."), code="empty")
    if file.size > MOST_PAPER_BYTES:
        raise ValidationError(
            _("The file is %(size)s MB; a paper may have at most %(most)s MB. Save it as a smaller PDF."),
            code="too_large",
            params={"size": -(-file.size // (1024 * 1024)), "most": MOST_PAPER_BYTES // (1024 * 1024)},
        )
    kind = next((kind for kind in PAPER_TYPES if kind.ending == ending), None)
    if kind is None:
        raise ValidationError(
            _("This kind of file cannot be added. Save it as one of these: %(kinds)s."),
            code="wrong_kind",
            params={"kinds": ", ".join(PAPER_ENDINGS)},
        )
    if not _holds(file, kind):
        raise ValidationError(
            _("The file’s name ends in .%(kind)s, but its content is something else. Save it again as %(kind)s."),
            code="wrong_content",
            params={"kind": kind.ending},
        )
    return kind


def _holds(file: File[Any], kind: PaperType) -> bool:
    file.seek(0)
    try:
        if file.read(len(kind.magic)) != kind.magic:
            return False
        return _container_holds(file, kind)
    finally:
        file.seek(0)


def _container_holds(file: File[Any], kind: PaperType) -> bool:
    """Look into a ZIP's list of contents without unpacking anything but the few bytes that name the type."""
    if not (kind.inside or kind.declares):
        return True
    file.seek(0)
    try:
        with zipfile.ZipFile(cast(IO[bytes], file)) as container:
            names = container.namelist()
            if len(names) > MOST_ZIP_ENTRIES:
                return False
            if kind.inside:
                has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                return any(name.startswith(kind.inside) for name in names) and not has_macros
            with container.open("mimetype") as said:
                return said.read(200).strip() == kind.declares.encode()
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError):
        return False


def safe_filename(name: str) -> str:
    """A file name as people may download it: no folders, no control signs, at most 120 letters, its ending kept.

    >>> safe_filename("..\\\\..\\\\etc/Esityslista  27.4.PDF")
    'Esityslista 27.4.pdf'
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(sign if sign.isprintable() and sign not in '<>:"|?*%;' else " " for sign in last)
    stem, _dot, ending = " ".join(printable.split()).rpartition(".")
    stem = stem.strip(" .")[:110] or "paper"
    return f"{stem}.{ending.strip().lower()}"[:120]


def validate_span(start: datetime | None, end: datetime | None) -> None:
    """A meeting ends after it begins. Raises ValidationError on the field ``ends_at``."""
    if end is not None and start is None:
        raise ValidationError({"ends_at": _("Give the beginning, too.")})
    if start is not None and end is not None and end <= start:
        raise ValidationError({"ends_at": _("The meeting must end after it begins.")})
