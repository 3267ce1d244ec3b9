"""Documents are kept, and written anew when what they tell has changed.

A worker writes them a minute after a call or a publication; whoever opens one before that, or after a change, has it
written at once.
"""

from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from yhdys.core import clock
from yhdys.core.keeping import locked_if_there
from yhdys.core.printing import pdf_of
from yhdys.meetings.documents import Document
from yhdys.meetings.enums import DocumentKind, MeetingState
from yhdys.meetings.models import KeptDocument, Meeting
from yhdys.tenancy import outbox

KEEP_DOCUMENTS = "meetings.keep_documents"
SOON = timedelta(minutes=1)
"""After a call or a publication; what is mended in the first minute is in it."""


def write_soon(meeting: Meeting) -> None:
    """Let a worker write the meeting's documents once the running transaction is committed; not while history is."""
    if not clock.is_fixed():
        outbox.put(KEEP_DOCUMENTS, str(meeting.pk), delay=SOON)


def file_of(document: Document) -> bytes:
    """The PDF file. What a kept one says is what the records say now: its digest is compared with theirs."""
    if not _is_kept(document):
        return pdf_of(document.html)
    kept = _kept(document)
    if kept is not None and kept.digest == document.digest:
        try:
            with kept.file.open("rb") as file:
                content: bytes = file.read()
            return content
        except FileNotFoundError:
            pass  # Written anew below.
    content = pdf_of(document.html)
    _keep(document, content)
    return content


def _is_kept(document: Document) -> bool:
    """A draft changes with every word and is read by few."""
    if document.meeting.state == MeetingState.DRAFT:
        return False
    minutes = getattr(document.meeting, "minutes", None)
    return document.kind == DocumentKind.AGENDA or (minutes is not None and minutes.is_locked)


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
