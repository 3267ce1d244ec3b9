"""The one writer of a call's state. Which step may follow which depends on how the body's members are appointed."""

from typing import Any

from django.utils.translation import gettext as _

from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import Appointing
from yhdys.nominations.enums import CallState
from yhdys.nominations.models import NominationCall

NEXT: dict[CallState, frozenset[CallState]] = {
    CallState.DRAFT: frozenset({CallState.OPEN}),
    CallState.OPEN: frozenset({CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.PROPOSED}),
    CallState.PROPOSED: frozenset({CallState.APPOINTED}),
    CallState.APPOINTED: frozenset(),
}
MORE: dict[tuple[Appointing, CallState], frozenset[CallState]] = {
    # The deciding body has acted before naming, or a post brings the seat: nobody needs a proposal.
    (Appointing.DECIDED_THEN_NAMED, CallState.CLOSED): frozenset({CallState.APPOINTED}),
    (Appointing.BY_POST, CallState.CLOSED): frozenset({CallState.APPOINTED}),
    # The deciding body may return the proposal to the field.
    (Appointing.PROPOSED_THEN_DECIDED, CallState.PROPOSED): frozenset({CallState.OPEN}),
}
"""Steps that one way of appointing has besides."""


def may_advance(call: NominationCall, to: CallState) -> bool:
    """Whether the call's state and order allow the step."""
    now = CallState(call.state)
    return to in NEXT[now] | MORE.get((Appointing(call.order), now), frozenset())


def refuse_step(call: NominationCall, to: CallState) -> None:
    """Raise ActionRefused where no way leads."""
    if not may_advance(call, to):
        now = CallState(call.state)
        raise ActionRefused(
            _("The request is in the state “{now}”; it cannot become “{to}”.").format(now=now.label, to=to.label)
        )


def advance(call: NominationCall, to: CallState, **changes: Any) -> None:
    """Take a call, locked by the caller, one step on, with ``changes`` of other columns. Raises ActionRefused."""
    refuse_step(call, to)
    call.state = to
    for name, value in changes.items():
        setattr(call, name, value)
    call.save(update_fields=["state", *changes])
