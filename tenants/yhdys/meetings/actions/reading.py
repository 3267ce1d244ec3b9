"""Reading of what is for the members only leaves a note, which administrators see."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yhdys.audit.actions import Actor, note_reading
from yhdys.meetings.models import AgendaItem, Meeting, Paper


def note_paper_read(paper: Paper, *, by: Actor) -> None:
    """Somebody opened a paper; a public one leaves no note."""
    if paper.is_restricted:
        note_reading(paper, by=by, within=paper.meeting, name=paper.title)


def note_items_read(meeting: Meeting, items: Iterable[AgendaItem], *, by: Actor) -> None:
    """Somebody opened the agenda or the record of a meeting, with ``items``; public ones leave no note."""
    numbers = [item.number for item in items if not item.is_public]
    if numbers:
        name = _("Items for the members only: {numbers}").format(numbers=", ".join(f"{one} §" for one in numbers))
        note_reading(meeting, by=by, within=meeting, name=name)
