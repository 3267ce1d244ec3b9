"""Who may do what to nomination calls. Whoever appoints the body's members runs the call; the staff read."""

from typing import Any

from yhdys.accounts.rules import is_administrator
from yhdys.core.access import Predicate, add_perm, predicate
from yhdys.councils.rules import body_of, is_secretary_of
from yhdys.nominations.enums import CallState
from yhdys.nominations.models import CallInvitation, Nomination, NominationCall
from yhdys.nominations.readers import bodies_seen_by


def _call(obj: Any) -> NominationCall | None:
    """The call that a record is, or belongs to."""
    match obj:
        case NominationCall():
            return obj
        case CallInvitation() | Nomination():
            return obj.call
        case _:
            return None


@predicate
def reads(user: Any, obj: Any) -> bool:
    """Somebody who finds the body's calls in their own list."""
    body = body_of(obj)
    seen = bodies_seen_by(user)
    return body is not None and (seen is None or body in seen)


@predicate
def reads_any(user: Any, obj: Any) -> bool:
    """Somebody who reads the calls of some body; asked about the site as a whole."""
    seen = bodies_seen_by(user)
    return obj is not None and (seen is None or bool(seen))


def _in_state(*states: CallState) -> Predicate:
    @predicate
    def holds(user: Any, obj: Any) -> bool:
        call = _call(obj)
        return call is not None and call.state in states

    return holds


runs = is_administrator | is_secretary_of
in_preparation = _in_state(CallState.DRAFT)
taking_answers = _in_state(CallState.OPEN, CallState.CLOSED)

add_perm("nominations.view_calls", reads_any)
add_perm("nominations.view_call", reads)
add_perm("nominations.add_call", runs)
add_perm("nominations.change_call", _in_state(CallState.DRAFT, CallState.OPEN) & runs)
add_perm("nominations.invite", _in_state(CallState.DRAFT, CallState.OPEN) & runs)
add_perm("nominations.remove_call", in_preparation & runs)
add_perm("nominations.open_call", in_preparation & runs)
add_perm("nominations.note_answer", taking_answers & runs)
add_perm("nominations.close_call", _in_state(CallState.OPEN) & runs)
add_perm("nominations.choose_nomination", taking_answers & runs)
add_perm("nominations.propose", _in_state(CallState.CLOSED) & runs)
add_perm("nominations.return_proposal", _in_state(CallState.PROPOSED) & runs)
add_perm("nominations.appoint", _in_state(CallState.CLOSED, CallState.PROPOSED) & runs)
add_perm("nominations.export_proposal", _in_state(CallState.CLOSED, CallState.PROPOSED, CallState.APPOINTED) & reads)
add_perm("nominations.set_targets", runs)
