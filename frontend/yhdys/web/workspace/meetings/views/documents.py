"""Documents of a meeting as its readers in the workspace get them: with what is for the members only."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase

from yhdys.meetings.actions.reading import note_items_read, note_paper_read
from yhdys.meetings.documents import excerpt_document, members_agenda, minutes_document, record_document
from yhdys.meetings.models import AgendaItem, Paper
from yhdys.web.files import archive_response, document_response
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import WorkspaceView
from yhdys.web.workspace.meetings.views.base import MeetingMixin, PartMixin
from yhdys.web.workspace.meetings.views.minutes import MinutesMixin


class AgendaFileView(MeetingMixin, WorkspaceView):
    """GET: the agenda as a PDF file."""

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        meeting = self.record
        note_items_read(meeting, meeting.agenda_items.all(), by=request.user)
        return document_response(members_agenda(meeting))


class MinutesFileView(MinutesMixin, WorkspaceView):
    """GET: the minutes or the memo as a PDF file, in whatever state they are."""

    permission = "meetings.view_minutes"

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        note_items_read(self.record, self.record.agenda_items.all(), by=request.user)
        return document_response(minutes_document(self.record, public=False))


class WholeMixin(MeetingMixin, WorkspaceView):
    """The whole meeting as far as the user may read it; restricted papers inside leave a note, too."""

    permission = "meetings.read_papers"

    def papers(self) -> list[Paper]:
        """The papers that travel along, noted as read."""
        meeting = self.record
        note_items_read(meeting, meeting.agenda_items.all(), by=self.request.user)
        papers = list(meeting.papers.select_related("item"))
        for paper in papers:
            note_paper_read(paper, by=self.request.user)
        return papers

    def sees_minutes(self) -> bool:
        """Whether there are minutes that the user may read."""
        minutes = getattr(self.record, "minutes", None)
        return minutes is not None and self.allowed("meetings.view_minutes", minutes)


class RecordFileView(WholeMixin):
    """GET: the whole meeting as one PDF file, its papers inside."""

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.papers()
        return document_response(record_document(self.record, public=False, with_minutes=self.sees_minutes()))


class RecordArchiveView(WholeMixin):
    """GET: the same as a ZIP file with a manifest."""

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        meeting = self.record
        documents = [members_agenda(meeting)]
        if self.sees_minutes():
            documents.append(minutes_document(meeting, public=False))
        return archive_response(documents, self.papers(), f"{meeting.slug}.zip")


class ExcerptFileView(PartMixin, WorkspaceView):
    """GET: one item of the minutes as a PDF file."""

    model = AgendaItem
    permission = "meetings.view_minutes"

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("resolution").prefetch_related("assignments__contact")

    def permission_object(self) -> Any:
        """The minutes in which the item stands. Raises Http404 where none have been begun."""
        minutes = getattr(self.meeting, "minutes", None)
        if minutes is None:
            raise Http404
        minutes.meeting = self.meeting
        return minutes

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        note_items_read(self.meeting, [self.record], by=request.user)
        return document_response(excerpt_document(self.record, public=False))
