"""Who has not been reached by a letter about minutes."""

from dataclasses import dataclass

from yhdys.mail.models import OutgoingMail
from yhdys.meetings.enums import CheckState, InvitationRole, MinutesState
from yhdys.meetings.models import Minutes
from yhdys.meetings.queries.calling import recipients

CHECK_LETTER, MINUTES_LETTER = "meetings.check", "meetings.minutes"
"""Purposes of the letters that ask a checker, and that bring published minutes to those who get the papers."""


@dataclass(frozen=True)
class Unreached:
    """Somebody whose letter was given up, with the address to which one would go now."""

    name: str
    email: str


def unreached_readers(minutes: Minutes) -> list[Unreached]:
    """Checkers who are waited for, or receivers of the published minutes, to whom no letter has come.

    The latest letter to an address counts; whose address was mended after a failure has not been reached either.
    """
    purpose = {MinutesState.UNDER_REVIEW: CHECK_LETTER, MinutesState.PUBLISHED: MINUTES_LETTER}.get(
        MinutesState(minutes.state)
    )
    letters = OutgoingMail.objects.regarding(minutes.meeting).filter(purpose=purpose or "")
    latest = {address: one.state for one in letters.order_by("created_at", "id") for address in one.to}
    if OutgoingMail.State.FAILED not in latest.values():
        return []
    return [
        one for one in _readers(minutes) if one.email and latest.get(one.email) in (None, OutgoingMail.State.FAILED)
    ]


def _readers(minutes: Minutes) -> list[Unreached]:
    if minutes.state == MinutesState.UNDER_REVIEW:
        waiting = minutes.checks.filter(state=CheckState.WAITING).select_related("contact")
        return [Unreached(check.contact.name, check.contact.mail_address) for check in waiting]
    called = recipients(minutes.meeting)
    return [Unreached(one.name, one.email) for one in called if one.role == InvitationRole.COPY]
