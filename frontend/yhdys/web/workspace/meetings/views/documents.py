"""Documents of a meeting as its readers in the workspace get them: with what is for the members only."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase

from yhdys.meetings.actions.reading import note_items_read
from yhdys.meetings.documents import excerpt_document, members_agenda, minutes_document
from yhdys.meetings.models import AgendaItem
from yhdys.web.files import document_response
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
