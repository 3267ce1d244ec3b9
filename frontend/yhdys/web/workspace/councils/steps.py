"""A term's state as a line of steps, and what is missing for the next one."""

from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from yhdys.core import clock
from yhdys.councils.enums import TermState
from yhdys.councils.models import Term


class Step(TypedDict):
    """One step of the line."""

    name: str
    state: str


class Missing(TypedDict):
    """What has to be done first, and where."""

    text: str
    url: str


def steps_of(term: Term) -> list[Step]:
    """Planned, running, for a pilot under review, ended."""
    line = [TermState.PLANNED, TermState.RUNNING]
    if term.is_pilot:
        line.append(TermState.UNDER_REVIEW)
    line.append(TermState.ENDED)
    now = line.index(TermState(term.state)) if term.state in line else 1
    return [
        {
            "name": str(state.label),
            "state": "now" if place == now else "done" if place < now else "next" if place == now + 1 else "off",
        }
        for place, state in enumerate(line)
    ]


def missing_of(term: Term) -> list[Missing]:
    """What a planned term lacks before it can start; nothing for the others."""
    if term.state != TermState.PLANNED:
        return []
    here = reverse("workspace:term", kwargs={"pk": term.pk})
    missing: list[Missing] = []
    if not term.seats.exists():
        missing.append({"text": _("Seats"), "url": here + "#seats"})
    if term.convener_id is None and not term.memberships.exists():
        missing.append({"text": _("Members, or a convener for the constitutive meeting"), "url": here + "#seats"})
    if term.start > clock.today():
        missing.append({"text": _("The first day has not come yet"), "url": ""})
    running = Term.objects.running().filter(body=term.body_id).first()
    if running is not None:
        url = reverse("workspace:term", kwargs={"pk": running.pk})
        missing.append({"text": _("The term before it is still running: {term}").format(term=running), "url": url})
    return missing
