"""Files of a region on their way out: never opened by the browser as a page of ours."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from mimetypes import guess_type
from typing import IO

from django.http import FileResponse, Http404

from yhdys.core.printing import MIMETYPE
from yhdys.meetings.actions.documents import archive_of, file_of
from yhdys.meetings.documents import Document
from yhdys.meetings.models import Paper
from yhdys.organisations.models import Contact

SANDBOX = "default-src 'none'; sandbox"
"""Policy of a download: if a browser showed it after all, nothing in it would run or reach anything."""


def paper_response(paper: Paper, *, public: bool) -> FileResponse:
    """The paper as an attachment under its own name. Raises Http404 when its file is gone.

    ``public`` says that anyone may keep a copy; what is not public is never kept by a cache. The caller has checked
    the right to read.
    """
    try:
        content = paper.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return _download(content, paper.filename, paper.mimetype, public=public)


def document_response(document: Document) -> FileResponse:
    """A document that the product writes, as a PDF file. The caller has checked the right to read."""
    return _download(BytesIO(file_of(document)), document.filename, MIMETYPE, public=document.is_public)


def archive_response(documents: Sequence[Document], papers: Iterable[Paper], filename: str) -> FileResponse:
    """Documents and papers as one ZIP file. The caller has checked the right to read each of them."""
    public = all(document.is_public for document in documents)
    return _download(archive_of(documents, papers), filename, "application/zip", public=public)


def _download(content: IO[bytes], filename: str, mimetype: str, *, public: bool) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=filename, content_type=mimetype)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    if not public:
        response["X-Robots-Tag"] = "noindex"
    return response


def photo_response(contact: Contact) -> FileResponse:
    """A person's photograph, for a page to show. Raises Http404 when its file is gone.

    No cache keeps it for long: a consent that is withdrawn takes it away. The caller has checked the right to read.
    """
    try:
        content = contact.photo.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(content, content_type=guess_type(contact.photo.name or "")[0] or "image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response
