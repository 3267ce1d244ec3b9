"""Documents are kept, and written anew when what they tell has changed.

A worker writes them a minute after a call or a publication; whoever opens one before that, or after a change, has it
written at once.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.base import ContentFile
from django.db import transaction

from yhdys.core import clock
from yhdys.core.keeping import locked_if_there
from yhdys.core.printing import MIMETYPE, Enclosure, pdf_of
from yhdys.meetings.documents import Document, enclosed_name
from yhdys.meetings.enums import DocumentKind, MeetingState
from yhdys.meetings.models import KeptDocument, Meeting, Paper
from yhdys.tenancy import outbox

KEEP_DOCUMENTS = "meetings.keep_documents"
_PAPERS = "liitteet"
"""The folder of papers; file names are Finnish, whatever the language of the page."""
SOON = timedelta(minutes=1)
"""After a call or a publication; what is mended in the first minute is in it."""


def write_soon(meeting: Meeting) -> None:
    """Let a worker write the meeting's documents once the running transaction is committed; not while history is."""
    if not clock.is_fixed():
        outbox.put(KEEP_DOCUMENTS, str(meeting.pk), delay=SOON)


def file_of(document: Document) -> bytes:
    """The PDF file. What a kept one says is what the records say now: its digest is compared with theirs."""
    if not _is_kept(document):
        return pdf_of(document.html, _enclosures(document))
    kept = _kept(document)
    if kept is not None and kept.digest == document.digest:
        try:
            with kept.file.open("rb") as file:
                content: bytes = file.read()
            return content
        except FileNotFoundError:
            pass  # Written anew below.
    content = pdf_of(document.html, _enclosures(document))
    _keep(document, content)
    return content


def archive_of(documents: Sequence[Document], papers: Iterable[Paper]) -> IO[bytes]:
    """A ZIP file of documents and papers under names that keep their order, with a manifest of what each of them is.

    The manifest (``manifest.json``) gives each file's size in bytes and SHA-256. The caller closes the file.
    """
    archive = TemporaryFile()  # noqa: SIM115 - closed by the caller
    told: list[dict[str, Any]] = []
    with ZipFile(archive, "w", ZIP_DEFLATED) as inside:
        for number, document in enumerate(documents, start=1):
            name = f"{number:02d} {document.filename}"
            about: dict[str, Any] = {"title": document.name, "language": document.language, "type": MIMETYPE}
            told.append(_put(inside, name, file_of(document), about))
        for paper in papers:
            content = _content_of(paper)
            if content is not None:
                item = paper.item.number if paper.item is not None else None
                about = {"title": paper.title, "language": paper.language, "type": paper.mimetype, "item": item}
                told.append(_put(inside, f"{len(documents) + 1:02d} {_PAPERS}/{enclosed_name(paper)}", content, about))
        manifest = json.dumps({"files": told}, ensure_ascii=False, indent=2)
        inside.writestr("manifest.json", manifest)
    archive.seek(0)
    return archive


def _put(inside: ZipFile, name: str, content: bytes, about: dict[str, Any]) -> dict[str, Any]:
    inside.writestr(name, content)
    return {"name": name, **about, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _enclosures(document: Document) -> list[Enclosure]:
    found = ((paper, _content_of(paper)) for paper in document.enclosed)
    return [Enclosure(enclosed_name(paper), content, paper.title) for paper, content in found if content is not None]


def _content_of(paper: Paper) -> bytes | None:
    """The file's bytes, at most 20 MB; None when it is gone."""
    try:
        with paper.file.open("rb") as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content


def _is_kept(document: Document) -> bool:
    """A draft changes with every word and is read by few."""
    if document.meeting.state == MeetingState.DRAFT:
        return False
    minutes = getattr(document.meeting, "minutes", None)
    if document.is_public or document.kind == DocumentKind.AGENDA:
        return True  # What is public of minutes is published.
    return minutes is not None and minutes.is_locked


def _kept(document: Document) -> KeptDocument | None:
    return KeptDocument.objects.filter(
        meeting=document.meeting,
        item=document.item,
        kind=document.kind,
        language=document.language,
        is_public=document.is_public,
    ).first()


@transaction.atomic
def _keep(document: Document, content: bytes) -> None:
    """One after the other for a meeting: two who asked at once leave one file."""
    if locked_if_there(document.meeting) is None:
        return
    kept = _kept(document) or KeptDocument(
        meeting=document.meeting,
        item=document.item,
        kind=document.kind,
        language=document.language,
        is_public=document.is_public,
    )
    storage, former = kept.file.storage, kept.file.name
    kept.digest, kept.size = document.digest, len(content)
    kept.file.save(document.filename, ContentFile(content), save=False)
    try:
        kept.save()
    except BaseException:
        storage.delete(kept.file.name or "")
        raise
    if former:
        transaction.on_commit(partial(storage.delete, former))
