"""A body's standing items, and the agenda that a new meeting begins with."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.core.names import in_all
from yhdys.councils.models import Body
from yhdys.meetings.actions.common import By, in_finnish, renumber
from yhdys.meetings.enums import ItemKind, MeetingKind
from yhdys.meetings.models import AgendaItem, Meeting, StandingItem

STANDING = frozenset({
    "kind", "title", "title_fi", "title_sv", "title_en", "presenter", "minutes_planned", "stays_last",
})  # fmt: skip
"""Columns that ``add_standing_item`` and ``change_standing_item`` take."""
MOST_STANDING = 40
_LANGUAGES = ("fi", "sv", "en")


@transaction.atomic
def add_standing_item(body: Body, meeting_kind: str, *, by: By, **contents: Any) -> StandingItem:
    """Put an item at the end of the template; one that does not stay last comes before those that do."""
    body = locked(body)
    template = StandingItem.objects.begun_with(body, meeting_kind)
    if template.count() >= MOST_STANDING:
        raise ActionRefused(_("A template has at most {most} items.").format(most=MOST_STANDING))
    item = StandingItem(body=body, meeting_kind=meeting_kind, **_checked(contents))
    same_end = template if item.stays_last else template.filter(stays_last=False)
    item.number = (same_end.aggregate(last=Max("number"))["last"] or 0) + 1
    template.filter(number__gte=item.number).update(number=F("number") + 1)
    refuse_invalid(item)
    item.save()
    record(body, "standing_item_added", by=by, title=item.title_fi)
    return item


@transaction.atomic
def change_standing_item(item: StandingItem, *, by: By, **contents: Any) -> StandingItem:
    """Change an item. Agendas that have begun with it stay as they are."""
    body = locked(item.body)
    item = locked(item)
    for name, value in _checked(contents).items():
        setattr(item, name, value)
    refuse_invalid(item)
    item.save()
    record(body, "standing_item_changed", by=by, title=item.title_fi)
    return item


@transaction.atomic
def move_standing_item(item: StandingItem, *, to: int, by: By) -> StandingItem:
    """Give an item another place in its template, from 1; a number past the end means the end."""
    body = locked(item.body)
    item = locked(item)
    order = list(StandingItem.objects.begun_with(body, item.meeting_kind))
    order.remove(item)
    order.insert(max(0, min(to - 1, len(order))), item)
    if renumber(order):
        record(body, "standing_items_reordered", by=by)
    item.refresh_from_db(fields=["number"])
    return item


@transaction.atomic
def remove_standing_item(item: StandingItem, *, by: By) -> None:
    """Take an item out of the template. Agendas that have begun with it stay as they are."""
    body = locked(item.body)
    item = locked(item)
    record(body, "standing_item_removed", by=by, title=item.title_fi)
    item.delete()
    later = StandingItem.objects.begun_with(body, item.meeting_kind).filter(number__gt=item.number)
    later.update(number=F("number") - 1)


@transaction.atomic
def begin_with_common_items(body: Body, meeting_kind: str, *, by: By) -> list[StandingItem]:
    """Fill an empty template with what such meetings commonly deal with, in all languages. Raises ActionRefused."""
    body = locked(body)
    if StandingItem.objects.begun_with(body, meeting_kind).exists():
        raise ActionRefused(_("The template has items already. Add what is missing one by one."))
    made = []
    titles: dict[str, list[tuple[str, str, bool]]] = {}
    for language in _LANGUAGES:
        with override(language):
            titles[language] = _common(meeting_kind)
    for number, (_title, kind, last) in enumerate(titles["fi"], start=1):
        texts = {f"title_{language}": titles[language][number - 1][0] for language in _LANGUAGES}
        item = StandingItem(body=body, meeting_kind=meeting_kind, number=number, kind=kind, stays_last=last, **texts)
        item.save()
        made.append(item)
    record(body, "standing_items_begun", by=by)
    return made


def begin_agenda(meeting: Meeting) -> None:
    """Give a new meeting the standing items of its body and kind."""
    for number, standing in enumerate(StandingItem.objects.begun_with(meeting.body, meeting.kind), start=1):
        texts = {name: getattr(standing, name) for name in in_all("title")}
        AgendaItem.objects.create(
            meeting=meeting,
            number=number,
            kind=standing.kind,
            presenter=standing.presenter,
            minutes_planned=standing.minutes_planned,
            stays_last=standing.stays_last,
            **texts,
        )


def _common(meeting_kind: str) -> list[tuple[str, str, bool]]:
    """Title in the language that is on, kind, and whether it stays last.

    The order is that of the regions' own agendas: a constitutive meeting has a chair of its own until one is elected.
    """

    def formal(title: str, *, last: bool = False) -> tuple[str, str, bool]:
        return (title, ItemKind.FORMAL, last)

    def election(title: str) -> tuple[str, str, bool]:
        return (title, ItemKind.ELECTION, False)

    opening = [
        formal(pgettext("standing item", "Opening of the meeting")),
        formal(pgettext("standing item", "Legality and quorum of the meeting")),
    ]
    closing = [
        formal(pgettext("standing item", "Other matters"), last=True),
        formal(pgettext("standing item", "Next meeting"), last=True),
        formal(pgettext("standing item", "Closing of the meeting"), last=True),
    ]
    checkers = election(pgettext("standing item", "Election of those who check the minutes"))
    agenda = formal(pgettext("standing item", "Approval of the agenda"))
    if meeting_kind == MeetingKind.CONSTITUTIVE:
        return [
            opening[0],
            election(pgettext("standing item", "Election of the temporary chair and secretary")),
            opening[1],
            agenda,
            checkers,
            formal(pgettext("standing item", "Members and deputies of the term")),
            election(pgettext("standing item", "Election of the chair")),
            election(pgettext("standing item", "Election of the vice chair")),
            election(pgettext("standing item", "Election of the secretary")),
            election(pgettext("standing item", "Choice of the working committee")),
            *closing,
        ]
    if meeting_kind == MeetingKind.EXTRAORDINARY:
        return [*opening, agenda, checkers, closing[-1]]
    previous = formal(pgettext("standing item", "Minutes of the previous meeting and follow-up of its tasks"))
    return [*opening, agenda, checkers, previous, *closing]


def _checked(contents: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(contents) - STANDING:
        raise TypeError(f"No contents of a standing item: {', '.join(sorted(unknown))}.")
    return in_finnish(contents, ("title",))
