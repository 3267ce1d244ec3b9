"""Who may do what to meetings. Every right is one predicate, asked with its record; without a record it is refused.

Capacities (``readers.capacities_of``) come from records and end with them: the chair and the secretary of a body, or a
term's convener before there are any, *run* its meetings; the working committee, the vice chair and the communications
officer *prepare* them; members, deputies and those who are called *read*. Administrators run, editors prepare and
write, observers read everything.
"""

from typing import Any

from yhdys.accounts.rules import is_administrator
from yhdys.core.access import Predicate, add_perm, predicate
from yhdys.councils.models import Body
from yhdys.meetings.enums import CheckState, MeetingState, MinutesState
from yhdys.meetings.models import AgendaItem, Assignment, Election, Invitation, Meeting, Minutes, Paper, Vote
from yhdys.meetings.readers import capacities_of

type About = Body | Meeting | AgendaItem | Minutes | Paper | Assignment | Election | Invitation | Vote


def _meeting(obj: Any) -> Meeting | None:
    """The meeting that a record belongs to."""
    match obj:
        case Meeting():
            return obj
        case AgendaItem() | Minutes() | Paper():
            return obj.meeting
        case Assignment() | Election() | Vote():
            return obj.item.meeting
        case Invitation():
            return obj.convocation.meeting
        case _:
            return None


def _body_id(obj: Any) -> Any:
    if isinstance(obj, Body):
        return obj.pk
    meeting = _meeting(obj)
    return meeting.body_id if meeting is not None else None


# --- In which capacity ---
@predicate
def runs(user: Any, obj: Any) -> bool:
    """Chair, secretary or convener of the body, or an administrator of the region."""
    body = _body_id(obj)
    have = capacities_of(user)
    return body is not None and (have.is_administrator or body in have.runs)


@predicate
def prepares(user: Any, obj: Any) -> bool:
    """Working committee, vice chair, communications officer, or an editor."""
    body = _body_id(obj)
    have = capacities_of(user)
    return body is not None and (have.is_editor or body in have.prepares)


@predicate
def writes(user: Any, obj: Any) -> bool:
    """An editor of the region."""
    return _body_id(obj) is not None and capacities_of(user).is_editor


@predicate
def communicates(user: Any, obj: Any) -> bool:
    """Communications officer of the body, or an editor."""
    body = _body_id(obj)
    have = capacities_of(user)
    return body is not None and (have.is_editor or body in have.communicates)


@predicate
def reads(user: Any, obj: Any) -> bool:
    """Somebody who finds the meeting in their own list: the same question as the QuerySet's, asked of one record."""
    meeting = _meeting(obj)
    if meeting is None:
        return False
    have = capacities_of(user)
    if have.is_staff or meeting.body_id in have.runs | have.prepares:
        return True
    found: bool = Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    return found


# --- In which state ---
def _in_state(*states: MeetingState) -> Predicate:
    @predicate
    def holds(user: Any, obj: Any) -> bool:
        meeting = _meeting(obj)
        return meeting is not None and meeting.state in states

    return holds


being_prepared = _in_state(MeetingState.DRAFT, MeetingState.RESCHEDULED)
before_it_is_held = _in_state(MeetingState.DRAFT, MeetingState.RESCHEDULED, MeetingState.CONVENED)
cancelled = _in_state(MeetingState.CANCELLED)
convened = _in_state(MeetingState.CONVENED)
held = _in_state(MeetingState.HELD)
after_it_was_held = _in_state(MeetingState.HELD, MeetingState.CLOSED)


@predicate
def record_is_open(user: Any, obj: Any) -> bool:
    """The minutes are not locked: nobody has approved them yet."""
    meeting = _meeting(obj)
    if meeting is None:
        return False
    minutes = obj if isinstance(obj, Minutes) else getattr(meeting, "minutes", None)
    return minutes is None or not minutes.is_locked


def _minutes_in(*states: MinutesState) -> Predicate:
    @predicate
    def holds(user: Any, obj: Any) -> bool:
        return isinstance(obj, Minutes) and obj.state in states

    return holds


@predicate
def is_of_minutes(user: Any, obj: Any) -> bool:
    """Minutes, whatever their state."""
    return isinstance(obj, Minutes)


# --- Whose ---
@predicate
def is_asked_to_check(user: Any, obj: Any) -> bool:
    """A checker whose word is still waited for."""
    if not isinstance(obj, Minutes):
        return False
    return obj.checks.filter(contact__user_id=user.pk).exclude(state=CheckState.APPROVED).exists()


@predicate
def has_no_checkers(user: Any, obj: Any) -> bool:
    """Minutes or a memo that nobody was named to check."""
    return isinstance(obj, Minutes) and not obj.checks.exists()


@predicate
def is_called(user: Any, obj: Any) -> bool:
    """The invitation is the user's own."""
    return isinstance(obj, Invitation) and obj.contact is not None and obj.contact.user_id == user.pk


@predicate
def is_assigned(user: Any, obj: Any) -> bool:
    """The task is the user's own."""
    return isinstance(obj, Assignment) and obj.contact is not None and obj.contact.user_id == user.pk


add_perm("meetings.add_meeting", runs | prepares)
add_perm("meetings.view_meeting", reads)
add_perm("meetings.change_meeting", (being_prepared & (runs | prepares)) | (convened & runs))
add_perm("meetings.change_agenda", (being_prepared & (runs | prepares)) | ((convened | held) & runs & record_is_open))
add_perm("meetings.announce_meeting", being_prepared & (runs | communicates))
add_perm("meetings.convene_meeting", being_prepared & runs)
add_perm("meetings.send_again", (before_it_is_held | cancelled) & runs)
add_perm("meetings.cancel_meeting", before_it_is_held & runs)
add_perm("meetings.reschedule_meeting", before_it_is_held & runs)
add_perm("meetings.note_answer", convened & runs)
add_perm("meetings.view_answers", reads & (runs | prepares | communicates))
add_perm("meetings.hold_meeting", convened & runs)
add_perm("meetings.record_meeting", held & record_is_open & (runs | writes))
# An election makes an officer, who runs the body: not for editors, who would elect themselves.
add_perm("meetings.record_election", held & record_is_open & runs)
add_perm("meetings.close_meeting", held & runs)
add_perm("meetings.remove_meeting", _in_state(MeetingState.DRAFT) & runs)
add_perm("meetings.read_papers", reads)
add_perm("meetings.answer_invitation", is_called)
add_perm("meetings.finish_assignment", is_assigned | runs)
add_perm("meetings.write_minutes", after_it_was_held & record_is_open & (runs | writes))
add_perm("meetings.view_minutes", reads & (~_minutes_in(MinutesState.DRAFT) | runs | prepares) & is_of_minutes)
add_perm("meetings.check_minutes", _minutes_in(MinutesState.UNDER_REVIEW) & is_asked_to_check)
add_perm("meetings.approve_minutes", _minutes_in(MinutesState.DRAFT) & has_no_checkers & runs)
add_perm("meetings.publish_minutes", _minutes_in(MinutesState.APPROVED) & (runs | communicates))
add_perm("meetings.reach_readers", _minutes_in(MinutesState.UNDER_REVIEW, MinutesState.PUBLISHED) & runs)
add_perm("meetings.correct_minutes", _minutes_in(MinutesState.APPROVED, MinutesState.PUBLISHED) & (runs | writes))
add_perm("meetings.view_readings", is_administrator)
add_perm("meetings.view_history", runs | prepares)
add_perm("meetings.set_practice", runs)
