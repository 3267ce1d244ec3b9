"""How far a call has come, and what is missing for its next step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yhdys.core import clock
from yhdys.councils.enums import Represents
from yhdys.councils.models import Authority, Seat
from yhdys.nominations.enums import CallKind, Reply
from yhdys.nominations.models import CallInvitation, Nomination, NominationCall, Nominee
from yhdys.nominations.models.call import TAKING
from yhdys.organisations.models import Organisation

REMIND_BEFORE = timedelta(days=5)
"""How long before the deadline those who have not answered are reminded."""
NOT_REMINDED_WITHIN = timedelta(days=3)
"""Nobody is reminded of a letter that is only so old."""
REMIND_AFTER_FOR = timedelta(days=7)
"""For how long after the deadline a reminder still makes sense, should no worker have been there the day after."""


@dataclass(frozen=True)
class Missing:
    """What has to be done first, and on which part of the desk."""

    text: str
    part: str


@dataclass(frozen=True)
class Line:
    """One seat of a call: who is asked for it, and who has been named."""

    seat: Seat
    invitations: tuple[CallInvitation, ...]
    nominations: tuple[Nomination, ...]

    @property
    def chosen(self) -> Nomination | None:
        """The nomination that the proposal holds."""
        return next((one for one in self.nominations if one.is_chosen), None)


def lines_of(call: NominationCall) -> list[Line]:
    """The call seat by seat, in the order of the roster; a constant number of queries."""
    invitations = list(call.invitations.listed())
    nominations = list(call.nominations.listed())
    asked = {one.pk: {seat.pk for seat in one.seats.all()} for one in invitations}
    return [
        Line(
            seat=seat,
            invitations=tuple(one for one in invitations if seat.pk in asked[one.pk]),
            nominations=tuple(one for one in nominations if one.seat_id == seat.pk),
        )
        for seat in call.asked_seats
    ]


def answered_of(invitations: Iterable[CallInvitation]) -> dict[Reply, int]:
    """How many have answered what."""
    counts = dict.fromkeys(Reply, 0)
    for one in invitations:
        counts[Reply(one.reply)] += 1
    return counts


def candidates_for(seat: Seat) -> tuple[list[Organisation], list[Authority]]:
    """Who is likely to be asked for a seat: the organisation or authority that it names, else those of its sector."""
    if seat.represents in (Represents.MUNICIPALITY, Represents.AUTHORITY, Represents.COUNTY):
        return [], list(Authority.objects.filter(_authorities_for(seat)).in_force().listed())
    if seat.organisation_id is not None:
        return list(Organisation.objects.filter(pk=seat.organisation_id).by_name()), []
    if seat.sector_id is not None:
        return list(Organisation.objects.active().filter(sectors=seat.sector_id).by_name()), []
    return [], []


def _authorities_for(seat: Seat) -> Q:
    if seat.authority_id is not None:
        return Q(pk=seat.authority_id)
    if seat.municipality_id is not None:
        return Q(municipality=seat.municipality_id)
    return Q(county=seat.county_id) & Q(county__isnull=False)


def missing_for_opening(call: NominationCall) -> list[Missing]:
    """What a draft lacks before its letters can leave."""
    found = []
    seats = {seat.pk: seat for seat in call.asked_seats}
    if not seats:
        found.append(Missing(_("Choose the seats for which members are named."), "seats"))
    if not call.text_fi.strip():
        found.append(Missing(_("Write what is asked, in Finnish."), "text"))
    if call.is_over:
        found.append(Missing(_("The last day for answers has passed. Choose a later one."), "text"))
    if call.needs_decision_first and call.decision_id is None:
        found.append(
            Missing(_("Tell which decision chose the organisations: they are asked only after it."), "decision")
        )
    if call.kind == CallKind.INVITED and seats:
        invitations = list(call.invitations.listed())
        asked = {seat.pk for one in invitations for seat in one.seats.all()}
        names = ", ".join(seat.name for key, seat in seats.items() if key not in asked)
        if names:
            found.append(Missing(_("Nobody is asked for these seats yet: {names}.").format(names=names), "invitations"))
        unreachable = ", ".join(one.name for one in invitations if not one.email)
        if unreachable:
            found.append(Missing(_("No e-mail address for: {names}.").format(names=unreachable), "invitations"))
    return found


def duplicates_of(nominations: Iterable[Nomination]) -> list[str]:
    """Sentences about people who are proposed for more than one place: one person holds one seat in a body."""
    seen: list[tuple[Nominee, Nomination]] = []
    found = []
    for nomination in nominations:
        for nominee in nomination.nominees.all():
            earlier = next((other for one, other in seen if one.is_same_person(nominee)), None)
            if earlier is not None:
                found.append(
                    _("{person} is named for two places: “{one}” and “{other}”. One person holds one seat.").format(
                        person=nominee.name, one=earlier.seat, other=nomination.seat
                    )
                )
            seen.append((nominee, nomination))
    return list(dict.fromkeys(found))


def missing_for_proposal(call: NominationCall) -> list[Missing]:
    """What keeps the composition from being proposed or appointed. Vacant seats do not: they can be filled later."""
    chosen = list(call.nominations.chosen().listed())
    if not chosen:
        return [Missing(_("Nobody has been chosen for any seat yet."), "answers")]
    return [Missing(text, "answers") for text in duplicates_of(chosen)]


def missing_for_appointment(call: NominationCall) -> list[Missing]:
    """The same, and the decision where one is needed."""
    found = missing_for_proposal(call)
    if call.needs_decision_after and call.decision_id is None:
        found.append(Missing(_("Tell by which decision the members are appointed."), "decision"))
    return found


def undecided_of(lines: Iterable[Line]) -> str:
    """How many seats have names of which none is chosen, in words; empty for none."""
    count = sum(bool(line.nominations) and line.chosen is None for line in lines)
    if not count:
        return ""
    return ngettext(
        "One seat has several proposals: choose one.",
        "{count} seats have several proposals: choose one for each.",
        count,
    ).format(count=count)


def reminders_due() -> list[tuple[CallInvitation, bool]]:
    """Who is to be reminded today; True for the reminder that goes out after the deadline. Each is due once."""
    today = clock.today()
    silent = (
        CallInvitation.objects.unanswered()
        .filter(call__kind=CallKind.INVITED, call__state__in=TAKING)
        .exclude(email="")
        .select_related("call")
    )
    before = silent.filter(
        reminded_before=None,
        call__deadline__gte=today,
        call__deadline__lte=today + REMIND_BEFORE,
        call__opened_at__lte=clock.now() - NOT_REMINDED_WITHIN,
    )
    after = silent.filter(reminded_after=None, call__deadline__lt=today, call__deadline__gte=today - REMIND_AFTER_FOR)
    return [*((one, False) for one in before), *((one, True) for one in after)]
