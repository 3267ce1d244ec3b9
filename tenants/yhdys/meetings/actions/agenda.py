"""The agenda: items are added, changed, put in order, removed, and taken over from the last meeting."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from yhdys.audit.actions import put_back, record, record_restored
from yhdys.audit.models import Past
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.core.names import in_all
from yhdys.keywords.models import Keyword
from yhdys.meetings.actions.common import By, in_finnish, locked_with_meeting, refuse_locked_record, renumber
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.matters import source_of
from yhdys.meetings.models import AgendaItem, Meeting
from yhdys.meetings.queries import matters_waiting, waiting_items, waiting_tabled_items
from yhdys.overview.actions import push_soon

CONTENTS = frozenset({
    "kind", "title", "title_fi", "title_sv", "title_en", "description", "description_fi", "description_sv",
    "description_en", "presenter", "minutes_planned", "publicity",
})  # fmt: skip
"""Columns that ``add_item`` and ``change_item`` take."""
RESTORED_OF_ITEM = tuple(sorted(CONTENTS - {"title", "description"}))
"""What of an item's earlier version can be put back."""
_OPEN = (MeetingState.DRAFT, MeetingState.RESCHEDULED, MeetingState.CONVENED, MeetingState.HELD)


@transaction.atomic
def add_item(meeting: Meeting, *, by: By, keywords: Iterable[Keyword] = (), **contents: Any) -> AgendaItem:
    """Put an item at the end of the agenda, before the standing items that close it.

    Rich text is cleaned, and Finnish where no language is named. Raises ActionRefused when the agenda is closed.
    """
    meeting = locked(meeting)
    _refuse_closed(meeting)
    last = meeting.agenda_items.filter(stays_last=False).aggregate(last=Max("number"))["last"] or 0
    item = AgendaItem(meeting=meeting, number=last + 1, **_checked(contents))
    meeting.agenda_items.filter(number__gt=last).update(number=F("number") + 1)
    refuse_invalid(item)
    item.save()
    item.keywords.set(keywords)
    record(meeting, "item_added", by=by, number=item.number)
    _tell(meeting)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: By, keywords: Iterable[Keyword] | None = None, **contents: Any) -> AgendaItem:
    """Change an item. Raises ActionRefused when the agenda is closed or the item is gone."""
    item, meeting = locked_with_meeting(item)
    _refuse_closed(meeting)
    for name, value in _checked(contents).items():
        setattr(item, name, value)
    refuse_invalid(item)
    item.save()
    if keywords is not None:
        item.keywords.set(keywords)
    record(meeting, "item_changed", by=by, number=item.number)
    _tell(meeting)
    return item


@transaction.atomic
def restore_item(item: AgendaItem, version: Past, *, by: By) -> AgendaItem:
    """Put back an earlier version of an item's text, as a change of today. Raises ActionRefused."""
    item, meeting = locked_with_meeting(item)
    changed = put_back(item, version, RESTORED_OF_ITEM)
    change_item(item, by=by, **{name: getattr(item, name) for name in changed})
    record_restored(meeting, version, by=by, number=item.number)
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, to: int, by: By) -> AgendaItem:
    """Give an item another number, from 1; the others make room. A number past the end means the end."""
    item, meeting = locked_with_meeting(item)
    _refuse_closed(meeting)
    order = list(meeting.agenda_items.order_by("number"))
    order.remove(item)
    order.insert(max(0, min(to - 1, len(order))), item)
    if renumber(order):
        record(meeting, "items_reordered", by=by)
        _tell(meeting)
    item.refresh_from_db(fields=["number"])
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: By) -> None:
    """Take an item off the agenda with its papers. Raises ActionRefused once it has an outcome or an election."""
    item, meeting = locked_with_meeting(item)
    _refuse_closed(meeting)
    if item.outcome:
        raise ActionRefused(_("The item has an outcome. Record it as withdrawn instead of removing it."))
    if item.elections.exists():
        raise ActionRefused(_("An election was held at the item. Undo it first."))
    number = item.number
    record(item, "removed", by=by)
    files = [(paper.file.storage, paper.file.name) for paper in item.papers.all() if paper.file.name]
    item.delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))
    meeting.agenda_items.filter(number__gt=number).update(number=F("number") - 1)
    record(meeting, "item_removed", by=by, number=number)
    _tell(meeting)


@transaction.atomic
def take_over_tabled_items(meeting: Meeting, *, by: By) -> list[AgendaItem]:
    """Put the items that the body's earlier meetings tabled on this agenda, once each."""
    meeting = locked(meeting)
    _refuse_closed(meeting)
    waiting = waiting_tabled_items(meeting.body_id).exclude(meeting=meeting)
    return [_continue(meeting, former, by=by) for former in waiting.prefetch_related("keywords")]


@transaction.atomic
def take_up_item(meeting: Meeting, former: AgendaItem, *, by: By) -> AgendaItem:
    """Put one item that an earlier meeting of the body tabled or returned on this agenda.

    Raises ActionRefused when it is not waiting: it was resolved, or a meeting has taken it up.
    """
    meeting = locked(meeting)
    _refuse_closed(meeting)
    waiting = waiting_items(meeting.body_id).exclude(meeting=meeting)
    found = waiting.filter(pk=former.pk).prefetch_related("keywords").first()
    if found is None:
        raise ActionRefused(_("The item is not waiting any more: a meeting has taken it up."))
    return _continue(meeting, found, by=by)


@transaction.atomic
def take_up_matter(meeting: Meeting, key: str, reference: str, *, by: By) -> AgendaItem:
    """Put a matter of another module on this agenda, and tell that module.

    Raises ActionRefused when it is not waiting.
    """
    meeting = locked(meeting)
    _refuse_closed(meeting)
    # One lock for the body: two meetings of it never take up one matter.
    locked(meeting.body)
    for offer in matters_waiting(meeting):
        for matter in offer.matters:
            if (offer.provider.key, matter.reference) == (key, reference):
                item = add_item(
                    meeting,
                    by=by,
                    kind=matter.kind,
                    title=matter.label,
                    description=matter.description,
                    presenter=matter.presenter,
                )
                item.source = source_of(key, reference)
                item.save(update_fields=["source"])
                offer.provider.taken_up(reference, item, by)
                return item
    raise ActionRefused(_("The matter is not waiting any more: a meeting has taken it up, or it was withdrawn."))


def _continue(meeting: Meeting, former: AgendaItem, *, by: By) -> AgendaItem:
    texts = {name: getattr(former, name) for name in in_all("title", "description")}
    item = add_item(
        meeting,
        by=by,
        keywords=former.keywords.all(),
        kind=former.kind,
        presenter=former.presenter,
        minutes_planned=former.minutes_planned,
        publicity=former.publicity,
        **texts,
    )
    item.continues = former
    item.save(update_fields=["continues"])
    return item


def _tell(meeting: Meeting) -> None:
    """The agenda of a called meeting is public: the nation sees what it is about."""
    if meeting.state == MeetingState.CONVENED:
        push_soon()


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state not in _OPEN:
        raise ActionRefused(_("The meeting is closed or cancelled, so its agenda cannot be changed any more."))
    if meeting.state == MeetingState.HELD:
        refuse_locked_record(meeting)


def _checked(contents: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(contents) - CONTENTS:
        raise TypeError(f"No contents of an item: {', '.join(sorted(unknown))}.")
    return in_finnish(contents, ("title", "description"))
