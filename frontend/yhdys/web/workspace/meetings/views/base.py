"""What the views of the desk share: how a meeting is found, and where a refusal leads."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from yhdys.meetings.models import Meeting
from yhdys.web.versioned import VersionedPage
from yhdys.web.workspace.base import RecordMixin


def desk_of(meeting: Meeting, part: str = "") -> str:
    """The address of a meeting's desk, or of a part of it."""
    address = reverse("workspace:meeting", kwargs={"pk": meeting.pk})
    return f"{address}#{part}" if part else address


class MeetingMixin(RecordMixin):
    """A view about one meeting that the user may read."""

    model = Meeting
    permission = "meetings.view_meeting"
    part = ""
    """The part of the desk to which the page belongs."""

    def queryset(self) -> QuerySet[Meeting]:
        return super().queryset().for_lists()  # type: ignore[attr-defined, no-any-return]  # our own queryset

    def refused_url(self) -> str:
        return desk_of(self.record, self.part)

    def context(self) -> dict[str, Any]:
        return super().context() | {"meeting": self.record, "back": desk_of(self.record, self.part)}  # type: ignore[misc, no-any-return]  # a Page's


class PartMixin(RecordMixin):
    """A view about something that belongs to a meeting: an item, a paper, an invitation, a task."""

    part = ""
    to_meeting = "meeting"
    """The way from the record to its meeting, as a lookup."""

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related(f"{self.to_meeting}__body", f"{self.to_meeting}__minutes")

    @property
    def meeting(self) -> Meeting:
        """The meeting it belongs to."""
        found = self.record
        for step in self.to_meeting.split("__"):
            found = getattr(found, step)
        return found  # type: ignore[no-any-return]  # the end of the way

    def refused_url(self) -> str:
        return desk_of(self.meeting, self.part)

    def context(self) -> dict[str, Any]:
        return super().context() | {"meeting": self.meeting, "back": desk_of(self.meeting, self.part)}  # type: ignore[misc, no-any-return]  # a Page's


class MeetingVersionedPage(VersionedPage):
    """A plain form about a meeting or something of it, safe against overwriting."""

    def initial_of(self, record: Any) -> dict[str, Any]:
        """What the form shows of a record."""
        raise NotImplementedError

    def more_kwargs(self) -> dict[str, Any]:
        """More for the form than its initial values."""
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": self.initial_of(self.versioned())} | self.more_kwargs()

    def form_of(self, record: Any) -> forms.BaseForm:
        return self.form_class(initial=self.initial_of(record), **self.more_kwargs())

    def above(self) -> Meeting:
        """The meeting first, as every action does."""
        return self.context_meeting()

    def trail_of(self, current: Any) -> Meeting:
        return self.context_meeting()

    def context_meeting(self) -> Meeting:
        """The meeting that the form belongs to."""
        found = getattr(self, "meeting", None) or self.record  # type: ignore[attr-defined]  # a RecordMixin's
        assert isinstance(found, Meeting)
        return found
