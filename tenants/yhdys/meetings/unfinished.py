"""What of meetings is still open when a body's term ends: tasks, minutes, tabled items, meetings to come."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.accounts.models import User
from yhdys.core.errors import ActionRefused
from yhdys.councils.models import Settlement, Term
from yhdys.councils.unfinished import Unfinished, source
from yhdys.meetings.actions import cancel_meeting, close_assignment, move_to_term
from yhdys.meetings.enums import MeetingState, MinutesState
from yhdys.meetings.models import AgendaItem, Assignment, Meeting
from yhdys.meetings.names import CLOSED_MINUTES, CLOSED_TABLED
from yhdys.meetings.queries import waiting_tabled_items


@source
class Tasks:
    """Follow-up tasks that nobody has noted as done."""

    key = "meetings.tasks"
    title = gettext_lazy("Follow-up tasks")
    carrying_over = gettext_lazy("The task stays open.")
    closing = gettext_lazy("The task is closed without being done.")

    def open_in(self, term: Term) -> Iterable[Unfinished]:
        tasks = Assignment.objects.open().filter(item__meeting__body=term.body_id)
        for task in tasks.select_related("item__meeting", "contact"):
            meeting = task.item.meeting
            where = f"{meeting}, {task.item.number} §"
            detail = f"{task.assignee}; {where}" if task.assignee else where
            yield Unfinished(task.pk, task.what, detail, "workspace:meeting", {"pk": meeting.pk}, task.due)

    def carry_over(self, about: UUID, *, to: Term | None, by: User | None) -> None:
        """It is open as it was."""

    def close(self, about: UUID, *, reason: str, by: User | None) -> None:
        close_assignment(_found(Assignment.objects.filter(pk=about).first()), reason=reason, by=by)


@source
class UnpublishedMinutes:
    """Meetings that were held and whose minutes are not public."""

    key = CLOSED_MINUTES
    title = gettext_lazy("Unfinished minutes")
    carrying_over = gettext_lazy("The next officers finish the minutes.")
    closing = gettext_lazy("The minutes stay as they are, and nobody is reminded of them.")

    def open_in(self, term: Term) -> Iterable[Unfinished]:
        held = Meeting.objects.filter(body=term.body_id, state__in=[MeetingState.HELD, MeetingState.CLOSED])
        unfinished = held.filter(Q(minutes=None) | ~Q(minutes__state=MinutesState.PUBLISHED))
        unfinished = unfinished.exclude(pk__in=Settlement.objects.closed(self.key).values("about"))
        for meeting in unfinished.select_related("body", "minutes").order_by("starts_at", "id"):
            minutes = getattr(meeting, "minutes", None)
            state = minutes.get_state_display() if minutes is not None else _("Not begun")
            yield Unfinished(meeting.pk, str(meeting), state, "workspace:meeting-minutes", {"pk": meeting.pk})

    def carry_over(self, about: UUID, *, to: Term | None, by: User | None) -> None:
        """They wait for the body's officers, whoever they are."""

    def close(self, about: UUID, *, reason: str, by: User | None) -> None:
        """The list of things to do leaves out what was closed."""


@source
class TabledItems:
    """Items that were tabled and that no later meeting has taken up."""

    key = CLOSED_TABLED
    title = gettext_lazy("Tabled items")
    carrying_over = gettext_lazy("The item is offered to the next meetings.")
    closing = gettext_lazy("The item is offered no more.")

    def open_in(self, term: Term) -> Iterable[Unfinished]:
        waiting = waiting_tabled_items(term.body_id).select_related("meeting")
        for item in waiting.order_by("meeting__starts_at", "number"):
            title = f"{item.number} § {item.title}"
            yield Unfinished(item.pk, title, str(item.meeting), "workspace:meeting", {"pk": item.meeting_id})

    def carry_over(self, about: UUID, *, to: Term | None, by: User | None) -> None:
        """It waits as it did."""

    def close(self, about: UUID, *, reason: str, by: User | None) -> None:
        """What was closed is left out where items are offered."""
        _found(AgendaItem.objects.filter(pk=about).first())


@source
class ComingMeetings:
    """Meetings that have not been held."""

    key = "meetings.meetings"
    title = gettext_lazy("Meetings that have not been held")
    carrying_over = gettext_lazy("The meeting becomes one of the next term.")
    closing = gettext_lazy("The meeting is cancelled, and whoever was called is told.")

    def open_in(self, term: Term) -> Iterable[Unfinished]:
        states = [MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.RESCHEDULED]
        later = Term.objects.filter(body=term.body_id, start__gt=term.start).values("pk")
        meetings = Meeting.objects.filter(body=term.body_id, state__in=states).exclude(term__in=later)
        for meeting in meetings.order_by("starts_at", "id"):
            state = meeting.get_state_display()
            yield Unfinished(meeting.pk, str(meeting), state, "workspace:meeting", {"pk": meeting.pk}, meeting.day)

    def carry_over(self, about: UUID, *, to: Term | None, by: User | None) -> None:
        move_to_term(_found(Meeting.objects.filter(pk=about).first()), to, by=by)

    def close(self, about: UUID, *, reason: str, by: User | None) -> None:
        cancel_meeting(_found(Meeting.objects.filter(pk=about).first()), reason=reason, by=by)


def _found[M](record: M | None) -> M:
    """The record, unless somebody has removed it meanwhile."""
    if record is None:
        raise ActionRefused(_("Something was removed in the meantime. Look at the list again."))
    return record
