"""The list of meetings, and a new one."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from yhdys.councils.models import Body
from yhdys.meetings.actions import clone_meeting, create_meeting
from yhdys.meetings.models import Meeting
from yhdys.meetings.readers import capacities_of
from yhdys.web.workspace.base import SIGNED_IN, FormPage, ListPage
from yhdys.web.workspace.meetings.forms import CloneForm, MeetingFilter, NewMeetingForm
from yhdys.web.workspace.meetings.views.base import desk_of


def bodies_prepared_by(user: Any) -> QuerySet[Body]:
    """Bodies whose meetings the user may make."""
    have = capacities_of(user)
    bodies = Body.objects.working()
    if not have.is_editor:
        bodies = bodies.filter(pk__in=have.runs | have.prepares)
    listed: QuerySet[Body] = bodies.listed()
    return listed


class MeetingListPage(ListPage):
    """GET …/kokoukset/: everybody's own meetings, what is coming first."""

    permission = SIGNED_IN
    template_name = "workspace/meetings/list.html"
    filter_form_class = MeetingFilter

    def queryset(self) -> QuerySet[Meeting]:
        meetings: QuerySet[Meeting] = Meeting.objects.visible_to(self.request.user).for_lists()
        return meetings

    def filtered(self, rows: QuerySet[Any], wishes: dict[str, Any]) -> QuerySet[Any]:
        if wishes["body"]:
            rows = rows.filter(body=wishes["body"])
        if wishes["year"]:
            rows = rows.of_year(wishes["year"])  # type: ignore[attr-defined]  # our own queryset
        found: QuerySet[Any] = rows.past() if wishes["when"] == "past" else rows.upcoming()  # type: ignore[attr-defined]  # as above
        return found

    def context(self) -> dict[str, Any]:
        return super().context() | {"may_add": bodies_prepared_by(self.request.user).exists()}


class MeetingAddPage(FormPage):
    """GET, POST …/kokoukset/uusi/: a new draft. ``?copy=<pk>`` takes the agenda of an earlier meeting."""

    permission = SIGNED_IN
    template_name = "workspace/meetings/add.html"
    success_message = _("The meeting is in preparation. Next, put together its agenda.")

    @cached_property
    def source(self) -> Meeting | None:
        """The meeting whose agenda is copied. Raises Http404 for one that the user may not read."""
        pk = self.request.GET.get("copy")
        if not pk:
            return None
        try:
            found: Meeting = get_object_or_404(Meeting.objects.visible_to(self.request.user).for_lists(), pk=pk)
        except ValidationError as error:  # Not a key at all.
            raise Http404 from error
        return found

    def make_form(self) -> Any:
        sent = (self.request.POST,) if self.request.method == "POST" else ()
        if self.source is not None:
            return CloneForm(*sent)
        return NewMeetingForm(*sent, bodies=bodies_prepared_by(self.request.user))

    def context(self) -> dict[str, Any]:
        return super().context() | {"source": self.source}

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.source is not None:
            self.require("meetings.add_meeting", self.source.body)
        return super().get(request, *args, **kwargs)

    def perform(self, form: Any) -> str:
        given, by = dict(form.cleaned_data), self.request.user
        if self.source is not None:
            self.require("meetings.add_meeting", self.source.body)
            return desk_of(clone_meeting(self.source, by=by, **given))
        body = given.pop("body")
        self.require("meetings.add_meeting", body)
        return desk_of(create_meeting(body, by=by, **given))
