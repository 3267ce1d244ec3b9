"""What of nomination calls waits for somebody."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from yhdys.accounts.rules import is_administrator
from yhdys.core import clock
from yhdys.core.todo import Todo, source
from yhdys.councils.enums import Role
from yhdys.councils.rules import standing_of
from yhdys.mail.models import OutgoingMail
from yhdys.nominations.enums import CallState
from yhdys.nominations.models import CallInvitation, NominationCall
from yhdys.nominations.workflow import may_advance
from yhdys.tenancy.context import require_scope

KIND = "nominations"


def _run_by(user: Any) -> Any:
    """Calls of the bodies whose members this user appoints."""
    calls = NominationCall.objects.waiting().listed()
    if is_administrator(user, require_scope()):
        return calls
    standing = standing_of(user)
    return calls.filter(term__body__in=standing.bodies_as(Role.SECRETARY) | standing.convenes)


@source
def calls(user: Any) -> Iterator[Todo]:
    """Each call's next step: to open, to close, to propose, to appoint, or to wait for the deciding body."""
    today = clock.today()
    for call in _run_by(user)[:20]:
        match call.state:
            case CallState.DRAFT:
                yield _todo(_("Open the request to name members"), call, due=call.opens_on)
            case CallState.OPEN if call.deadline < today:
                yield _todo(_("Close the request to name members"), call, due=call.deadline)
            case CallState.CLOSED if may_advance(call, CallState.APPOINTED):
                yield _todo(_("Appoint the members who were named"), call, due=call.term.start)
            case CallState.CLOSED:
                yield _todo(_("Propose the composition"), call, due=call.term.start)
            case CallState.PROPOSED:
                yield _todo(_("Appoint the members when the proposal has been decided on"), call, due=call.term.start)


@source
def failed_letters(user: Any) -> Iterator[Todo]:
    """Open calls whose letters did not arrive."""
    failed = CallInvitation.objects.filter(
        Q(mail__state=OutgoingMail.State.FAILED), call__state=CallState.OPEN, call__in=_run_by(user)
    )
    found: dict[Any, tuple[NominationCall, list[str]]] = {}
    for one in failed.select_related("call__term__body").order_by("name")[:100]:
        found.setdefault(one.call_id, (one.call, []))[1].append(one.name)
    for call, names in found.values():
        yield _todo(_("Letters did not reach {names}").format(names=", ".join(names)), call, due=clock.today())


def _todo(verb: str, call: NominationCall, *, due: Any) -> Todo:
    return Todo(
        title=verb,
        url_name="workspace:nomination-call",
        url_kwargs={"pk": call.pk},
        due=due,
        detail=str(call),
        kind=KIND,
    )
