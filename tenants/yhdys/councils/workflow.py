"""The one writer of a term's state."""

from django.utils.translation import gettext as _

from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import TermState
from yhdys.councils.models import Term

NEXT: dict[TermState, frozenset[TermState]] = {
    TermState.PLANNED: frozenset({TermState.RUNNING}),
    TermState.RUNNING: frozenset({TermState.UNDER_REVIEW, TermState.ENDED}),
    TermState.UNDER_REVIEW: frozenset({TermState.RUNNING, TermState.ENDED}),
    TermState.ENDED: frozenset(),
}


def advance(term: Term, to: TermState) -> None:
    """Move a term, locked by the caller, to another state. Raises ActionRefused where no way leads."""
    now = TermState(term.state)
    if to not in NEXT[now]:
        raise ActionRefused(
            _("A term cannot go from “{now}” to “{to}”.").format(now=str(now.label).lower(), to=str(to.label).lower())
        )
    term.state = to
    term.save(update_fields=["state"])
