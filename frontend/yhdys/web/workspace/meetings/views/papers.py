"""Papers on the desk."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.actions import add_paper, change_paper, remove_paper
from yhdys.meetings.actions.reading import note_paper_read
from yhdys.meetings.enums import Publicity
from yhdys.meetings.models import Paper
from yhdys.web.files import paper_response
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import FormPage, Page
from yhdys.web.workspace.meetings.forms import ChangePaperForm, NewPaperForm
from yhdys.web.workspace.meetings.views.base import MeetingMixin, PartMixin, desk_of


class PaperAddPage(MeetingMixin, FormPage):
    """GET, POST: a file for the meeting or, with ``?item=<number>``, for one of its items."""

    permission = "meetings.change_agenda"
    template_name = "workspace/meetings/paper.html"
    form_class = NewPaperForm
    part = "papers"
    success_message = _("The paper has been added.")

    def form_kwargs(self) -> dict[str, Any]:
        number = self.request.GET.get("item", "")
        item = self.record.agenda_items.filter(number=int(number)).first() if number.isdecimal() else None
        publicity = item.publicity if item is not None else Publicity.PUBLIC
        return {"meeting": self.record, "initial": {"item": item, "language": "fi", "publicity": publicity}}

    def perform(self, form: NewPaperForm) -> str:
        add_paper(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.record, self.part)


class PaperMixin(PartMixin):
    """A view about one paper."""

    model = Paper
    permission = "meetings.change_agenda"
    part = "papers"


class PaperChangePage(PaperMixin, FormPage):
    """GET, POST: what is said of a paper."""

    template_name = "workspace/meetings/paper.html"
    form_class = ChangePaperForm
    success_message = _("The paper has been saved.")

    def form_kwargs(self) -> dict[str, Any]:
        paper = self.record
        initial = {"title": paper.title, "language": paper.language, "publicity": paper.publicity}
        return {"meeting": self.meeting, "initial": initial}

    def context(self) -> dict[str, Any]:
        return super().context() | {"paper": self.record}

    def perform(self, form: ChangePaperForm) -> str:
        change_paper(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.meeting, self.part)


class PaperRemovalPage(PaperMixin, Page):
    """GET asks, POST removes."""

    template_name = "workspace/meetings/paper_removal.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"paper": self.record}

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        meeting = self.meeting
        remove_paper(self.record, by=request.user)
        return self.success(gettext("The paper has been removed."), desk_of(meeting, self.part))

    def refused_url(self) -> str:
        return desk_of(self.meeting, self.part)


class PaperFileView(PaperMixin, Page):
    """GET: the file itself, as an attachment."""

    permission = "meetings.read_papers"

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        note_paper_read(self.record, by=request.user)
        return paper_response(self.record, public=False)
