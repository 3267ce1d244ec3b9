"""What the views of the desk share: how a meeting is found, and where a refusal leads."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from yhdys.audit.models import Entry
from yhdys.meetings.models import Meeting
from yhdys.meetings.models.readers import meetings_seen_by
from yhdys.tenancy.models import RegionalModel
from yhdys.web.requests import UserRequest
from yhdys.web.versioned import VERSION, Change, shown, typed_into, version_of
from yhdys.web.workspace.base import FormPage, RecordMixin


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
        readable = meetings_seen_by(self.request.user, f"{self.to_meeting}__")
        way = self.to_meeting
        return self.model._default_manager.filter(readable).select_related(f"{way}__body", f"{way}__minutes")

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


class VersionedPage(FormPage):
    """A form that never overwrites what somebody else saved meanwhile (see ``web.versioned``), for plain forms.

    409 with both versions when the record has moved; 410 with what was typed when it has been removed.
    """

    def versioned(self) -> RegionalModel:
        """The record whose version counts."""
        record: RegionalModel = self.record  # type: ignore[attr-defined]  # a RecordMixin's
        return record

    def initial_of(self, record: Any) -> dict[str, Any]:
        """What the form shows of a record."""
        raise NotImplementedError

    def more_kwargs(self) -> dict[str, Any]:
        """More for the form than its initial values."""
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": self.initial_of(self.versioned())} | self.more_kwargs()

    def make_form(self) -> Any:
        form = super().make_form()
        initial = version_of(self.versioned())
        form.fields[VERSION] = forms.CharField(widget=forms.HiddenInput, required=False, initial=initial)
        return form

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            record = self.versioned()
            # The meeting first, as every action does: two of them never wait for each other.
            meeting = self.context_meeting()
            Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
            current = type(record)._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
            if current is None:
                raise Http404
            sent = request.POST.get(VERSION)
            if self.form.is_valid() and sent is not None and sent != version_of(current):
                return self.conflict(current, meeting)
            self.form.cleaned_data.pop(VERSION, None) if self.form.is_valid() else None
            return super().post(request, *args, **kwargs)

    def context_meeting(self) -> Meeting:
        """The meeting to be locked."""
        found = getattr(self, "meeting", None) or self.record  # type: ignore[attr-defined]  # a RecordMixin's
        assert isinstance(found, Meeting)
        return found

    def conflict(self, current: Any, meeting: Meeting) -> HttpResponseBase:
        """Both versions beside each other, and the form as it was typed, now against the new version."""
        theirs = self.form_class(initial=self.initial_of(current), **self.more_kwargs())
        changes: list[Change] = []
        for name, field in theirs.fields.items():
            kept = shown(field, theirs.get_initial_for_field(field, name))
            mine = shown(field, self.form.cleaned_data.get(name))
            if kept != mine:
                changes.append({"label": str(field.label), "theirs": kept, "mine": mine})
        data = self.form.data.copy()
        data[VERSION] = version_of(current)
        self.form.data = data
        entry = Entry.objects.about(meeting).first()
        told = {"by": entry.actor_name if entry is not None else "", "at": current.updated_at, "changes": changes}
        return self.render(status=409, conflict=told)

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super()._answer(request, *args, **kwargs)
        except Http404:
            if request.method != "POST" or not self._was_removed():
                raise
            return self.gone()

    def _was_removed(self) -> bool:
        kind = self.model._meta.label_lower  # type: ignore[attr-defined]  # a RecordMixin's
        about = Entry.objects.filter(target_type=kind, target_id=str(self.kwargs.get("pk")), verb="removed")
        return about.exists()

    def gone(self) -> HttpResponseBase:
        """The record was removed while the form was open: what was typed is shown, to be copied elsewhere."""
        return render(
            self.request, "workspace/parts/gone.html", {"typed": typed_into(self.form_class, self.request)}, status=410
        )
