"""Minutes on the desk: written, checked, approved, published, corrected."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from yhdys.meetings.actions import (
    approve_minutes,
    correct_minutes,
    publish_minutes,
    return_minutes,
    send_minutes_for_review,
    send_to_unreached,
    start_minutes,
    write_minutes,
)
from yhdys.meetings.actions.reading import note_items_read
from yhdys.meetings.enums import CheckState, DocumentKind, MeetingState, MinutesState
from yhdys.meetings.models import Meeting, Minutes
from yhdys.meetings.queries import document_sizes, missing_for_closing, record_of, unreached_readers
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import ActionView, FormPage, Page
from yhdys.web.workspace.meetings.forms import CorrectionForm, MinutesForm, ReturnForm, ReviewForm
from yhdys.web.workspace.meetings.views.base import MeetingMixin, MeetingVersionedPage, desk_of
from yhdys.web.workspace.meetings.views.record import people_of


class MinutesMixin(MeetingMixin):
    """A view about the minutes of a meeting, which exist."""

    part = "minutes"

    @cached_property
    def minutes(self) -> Minutes:
        """The minutes. Raises Http404 where none have been begun."""
        found: Minutes | None = getattr(self.record, "minutes", None)
        if found is None:
            raise Http404
        found.meeting = self.record
        return found

    def permission_object(self) -> Any:
        return self.minutes

    @property
    def address(self) -> str:
        """The page of the minutes."""
        return reverse("workspace:meeting-minutes", kwargs={"pk": self.record.pk})

    def refused_url(self) -> str:
        return self.address

    def context(self) -> dict[str, Any]:
        return super().context() | {"minutes": self.minutes, "back": self.address}


class MinutesPage(MeetingMixin, Page):
    """GET: the whole record as it reads, its state, and the next step. POST begins the minutes."""

    template_name = "workspace/meetings/minutes.html"
    part = "minutes"

    def context(self) -> dict[str, Any]:
        meeting: Meeting = self.record
        minutes = getattr(meeting, "minutes", None)
        if minutes is not None and not self.allowed("meetings.view_minutes", minutes):
            raise Http404  # An unfinished text is its writers' own.
        missing = missing_for_closing(meeting)
        checks = list(minutes.checks.select_related("contact")) if minutes is not None else []
        record = record_of(meeting)
        note_items_read(meeting, record["items"], by=self.request.user)
        for item in record["items"] if minutes is not None else []:
            item.excerpt_url = reverse("workspace:excerpt-file", kwargs={"pk": item.pk})
        return (
            super().context()
            | record
            | {
                "steps": _steps(minutes),
                "missing": [
                    {"text": one.text, "url": desk_of(meeting, one.part)}
                    for one in missing
                    if minutes is None or not minutes.is_locked
                ],
                "may_write": self.allowed("meetings.write_minutes", meeting),
                "may_check": minutes is not None and self.allowed("meetings.check_minutes", minutes),
                "may_approve": minutes is not None and self.allowed("meetings.approve_minutes", minutes),
                "may_publish": minutes is not None and self.allowed("meetings.publish_minutes", minutes),
                "may_correct": minutes is not None and self.allowed("meetings.correct_minutes", minutes),
                "may_reach": minutes is not None and self.allowed("meetings.reach_readers", minutes),
                "unreached": unreached_readers(minutes) if minutes is not None else [],
                "may_tell": minutes is not None
                and minutes.is_published
                and self.allowed("news.write_article", meeting),
                "waiting_for": [check.contact.name for check in checks if check.state == CheckState.WAITING],
                "returned": [check for check in checks if check.state == CheckState.RETURNED],
                "versions": list(minutes.versions.select_related("saved_by").defer("html")) if minutes else [],
                "size": document_sizes(meeting, public=False).get((DocumentKind.MINUTES, None)) if minutes else None,
                "is_held": meeting.state in (MeetingState.HELD, MeetingState.CLOSED),
            }
        )

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.require("meetings.write_minutes", self.record)
        start_minutes(self.record, by=request.user)
        return self.success(
            _("The minutes have been begun."), reverse("workspace:minutes-text", kwargs={"pk": self.record.pk})
        )


def _steps(minutes: Minutes | None) -> list[dict[str, Any]]:
    order = [MinutesState.DRAFT, MinutesState.UNDER_REVIEW, MinutesState.APPROVED, MinutesState.PUBLISHED]
    now = order.index(MinutesState(minutes.state)) if minutes is not None else -1
    return [
        {
            "name": state.label,
            "state": "done" if place < now or now == len(order) - 1 else "now" if place == now else "next",
            "more": pgettext("minutes", "by the named checkers") if state == MinutesState.UNDER_REVIEW else "",
        }
        for place, state in enumerate(order)
    ]


class LettersAgainView(MinutesMixin, ActionView):
    """POST: letters about the minutes that failed are written again, to the present addresses."""

    permission = "meetings.reach_readers"
    success_message = _("The letters are on their way again.")

    def perform(self) -> str:
        send_to_unreached(self.minutes, by=self.request.user)
        return self.address


class TextPage(MinutesMixin, MeetingVersionedPage):
    """GET, POST: the text that belongs to no single item."""

    permission = "meetings.write_minutes"
    template_name = "workspace/meetings/minutes_text.html"
    form_class = MinutesForm
    success_message = _("The text has been saved.")

    def versioned(self) -> Minutes:
        return self.minutes

    def initial_of(self, record: Minutes) -> dict[str, Any]:
        return {"text": record.text, "language": record.language}

    def perform(self, form: MinutesForm) -> str:
        write_minutes(self.minutes, by=self.request.user, **form.cleaned_data)
        return self.address


class ReviewPage(MinutesMixin, FormPage):
    """GET asks who checks and by when, POST sends the minutes to them."""

    permission = "meetings.write_minutes"
    template_name = "workspace/meetings/minutes_review.html"
    form_class = ReviewForm
    success_message = _("The checkers have been asked by letter.")

    def form_kwargs(self) -> dict[str, Any]:
        named = [check.contact_id for check in self.minutes.checks.all()]
        return {"people": people_of(self.record), "initial": {"checkers": named}}

    def perform(self, form: ReviewForm) -> str:
        given = form.cleaned_data
        send_minutes_for_review(
            self.minutes, by=self.request.user, checkers=given["checkers"], review_by=given["review_by"]
        )
        return self.address


class ApprovalView(MinutesMixin, ActionView):
    """POST: a checker approves; or, where nobody was named, the chair or the secretary."""

    success_message = _("The minutes have been approved.")

    def perform(self) -> str:
        if not self.allowed("meetings.check_minutes", self.minutes):
            self.require("meetings.approve_minutes", self.minutes)
        approve_minutes(self.minutes, by=self.request.user)
        return self.address


class ReturnPage(MinutesMixin, FormPage):
    """GET, POST: a checker says what should be changed."""

    permission = "meetings.check_minutes"
    template_name = "workspace/meetings/minutes_return.html"
    form_class = ReturnForm
    success_message = _("The writer has been given the minutes back.")

    def perform(self, form: ReturnForm) -> str:
        return_minutes(self.minutes, by=self.request.user, note=form.cleaned_data["note"])
        return reverse("workspace:home")


class PublicationPage(MinutesMixin, Page):
    """GET asks, POST publishes: anyone may read the minutes from then on."""

    permission = "meetings.publish_minutes"
    template_name = "workspace/meetings/minutes_publication.html"

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        publish_minutes(self.minutes, by=request.user)
        return self.success(_("The minutes have been published."), self.address)


class CorrectionPage(MinutesMixin, FormPage):
    """GET, POST: a numbered correction; the approved text stays."""

    permission = "meetings.correct_minutes"
    template_name = "workspace/meetings/minutes_correction.html"
    form_class = CorrectionForm
    success_message = _("The correction has been added.")

    def perform(self, form: CorrectionForm) -> str:
        correct_minutes(self.minutes, by=self.request.user, text=form.cleaned_data["text"])
        return self.address
