"""What of meetings waits for somebody: calls to send, answers to give, minutes to write and check, failed letters."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from yhdys.core import clock
from yhdys.core.todo import Todo, source
from yhdys.councils.models import Settlement
from yhdys.mail.models import OutgoingMail
from yhdys.meetings.enums import FOR_INFORMATION, Answer, CheckState, MeetingState, MinutesState
from yhdys.meetings.models import (
    Assignment,
    Invitation,
    Meeting,
    MeetingPractice,
    Minutes,
    MinutesCheck,
)
from yhdys.meetings.models.practice import CALL_DAYS_BEFORE
from yhdys.meetings.names import CLOSED_MINUTES
from yhdys.meetings.queries import CHECK_LETTER, MINUTES_LETTER, unreached_readers
from yhdys.meetings.readers import capacities_of

KIND = "meetings"
CALL_AHEAD = timedelta(days=14)
"""How long before the day of the call it begins to stand on the list."""

FAILURE_SHOWN = timedelta(days=30)
"""How long a letter about minutes that failed stands on the list."""


@source
def calls_to_send(user: Any) -> Iterator[Todo]:
    """Meetings in preparation whose call is due within two weeks or late, for those who convene."""
    today = clock.today()
    mine = _run_by(user).filter(
        state__in=[MeetingState.DRAFT, MeetingState.RESCHEDULED], starts_at__isnull=False, starts_at__gt=clock.now()
    )
    meetings = list(mine.select_related("body").order_by("starts_at")[:20])
    days = dict(
        MeetingPractice.objects.filter(body__in={one.body_id for one in meetings}).values_list(
            "body_id", "call_days_before"
        )
    )
    for meeting in meetings:
        if meeting.day is None:
            continue
        due = meeting.day - timedelta(days=days.get(meeting.body_id, CALL_DAYS_BEFORE))
        if due - today <= CALL_AHEAD:
            yield _todo(_("Send the call to the meeting"), meeting, due=due)


@source
def answers_to_give(user: Any) -> Iterator[Todo]:
    """Invitations that wait for the user's own answer."""
    mine = (
        Invitation.objects.current()
        .filter(
            contact__user=user,
            answer=Answer.UNANSWERED,
            convocation__meeting__state=MeetingState.CONVENED,
            convocation__meeting__starts_at__gt=clock.now(),
        )
        .filter(~Q(role__in=FOR_INFORMATION) | Exists(_coming_for(OuterRef("convocation"), OuterRef("contact"))))
        .select_related("convocation__meeting__body")
    )
    for invitation in mine[:20]:
        meeting = invitation.convocation.meeting
        yield _todo(_("Say whether you come to the meeting"), meeting, due=meeting.day)


def _coming_for(convocation: Any, contact: Any) -> Any:
    """Those of the same call who have said that this deputy comes."""
    return Invitation.objects.filter(convocation=convocation, answer=Answer.DEPUTY, deputy=contact)


@source
def minutes_to_check(user: Any) -> Iterator[Todo]:
    """Minutes that wait for the user's approval."""
    waiting = MinutesCheck.objects.filter(
        contact__user=user, state=CheckState.WAITING, minutes__state=MinutesState.UNDER_REVIEW
    ).select_related("minutes__meeting__body")
    for check in waiting[:20]:
        meeting = check.minutes.meeting
        yield _todo(_("Check the minutes"), meeting, due=check.minutes.review_by, url_name="workspace:meeting-minutes")


@source
def records_to_finish(user: Any) -> Iterator[Todo]:
    """Meetings whose time has passed without a record, and minutes to be written, sent on or published."""
    passed = _run_by(user).filter(state=MeetingState.CONVENED, starts_at__lt=clock.now())
    for meeting in passed.select_related("body").order_by("starts_at")[:20]:
        yield _todo(_("Open the record of the meeting"), meeting, due=meeting.day)
    closed = Settlement.objects.closed(CLOSED_MINUTES).values("about")
    held = _run_by(user).filter(state__in=[MeetingState.HELD, MeetingState.CLOSED]).exclude(pk__in=closed)
    for meeting in held.filter(minutes=None).select_related("body").order_by("starts_at")[:20]:
        yield _todo(_("Write the minutes"), meeting, url_name="workspace:meeting-minutes")
    own = {MinutesState.DRAFT: _("Finish the minutes"), MinutesState.APPROVED: _("Publish the minutes")}
    unfinished = Minutes.objects.filter(state__in=list(own), meeting__in=_run_by(user))
    unfinished = unfinished.exclude(meeting__in=closed).select_related("meeting__body")
    for minutes in unfinished.order_by("meeting__starts_at")[:20]:
        verb = own[MinutesState(minutes.state)]
        yield _todo(verb, minutes.meeting, url_name="workspace:meeting-minutes")


@source
def failed_letters(user: Any) -> Iterator[Todo]:
    """Meetings that are still to come and whose letters could not be delivered."""
    failed = Invitation.objects.current().filter(
        mail__state=OutgoingMail.State.FAILED, convocation__meeting__in=_run_by(user)
    )
    coming = failed.filter(
        Q(convocation__meeting__starts_at__gt=clock.now()) | Q(convocation__meeting__state=MeetingState.CANCELLED)
    )
    meetings: dict[Any, tuple[Meeting, list[str]]] = {}
    for invitation in coming.select_related("convocation__meeting__body").order_by("name")[:100]:
        meeting = invitation.convocation.meeting
        meetings.setdefault(meeting.pk, (meeting, []))[1].append(invitation.name)
    for meeting, names in meetings.values():
        yield _todo(_("Letters did not reach {names}").format(names=", ".join(names)), meeting, due=clock.today())


@source
def unread_minutes(user: Any) -> Iterator[Todo]:
    """Minutes whose checkers or receivers a letter of the last weeks did not reach."""
    failed = OutgoingMail.objects.failed().filter(
        purpose__in=[CHECK_LETTER, MINUTES_LETTER], created_at__gt=clock.now() - FAILURE_SHOWN
    )
    meetings = set(failed.values_list("regarding_id", flat=True)[:100])
    if not meetings:
        return
    theirs = Minutes.objects.filter(meeting__in=_run_by(user).filter(pk__in=meetings))
    for minutes in theirs.select_related("meeting__body")[:20]:
        if names := ", ".join(one.name for one in unreached_readers(minutes)):
            title = _("Letters did not reach {names}").format(names=names)
            yield _todo(title, minutes.meeting, due=clock.today(), url_name="workspace:meeting-minutes")


@source
def tasks_to_do(user: Any) -> Iterable[Todo]:
    """What the user promised at a meeting."""
    mine = Assignment.objects.open().filter(contact__user=user).select_related("item__meeting__body")
    return [
        Todo(
            title=task.what,
            url_name="workspace:meeting",
            url_kwargs={"pk": task.item.meeting_id},
            due=task.due,
            detail=str(task.item.meeting),
            kind=KIND,
        )
        for task in mine[:20]
    ]


def _run_by(user: Any) -> Any:
    """Meetings of the bodies that the user runs; an administrator's list is not filled with everybody's duties."""
    return Meeting.objects.filter(body__in=capacities_of(user).runs)


def _todo(verb: str, meeting: Meeting, *, due: Any = None, url_name: str = "workspace:meeting") -> Todo:
    return Todo(
        title=verb,
        url_name=url_name,
        url_kwargs={"pk": meeting.pk},
        due=due,
        detail=f"{meeting.body}: {meeting}",
        kind=KIND,
    )
