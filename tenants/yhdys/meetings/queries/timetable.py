"""The clock of a meeting: when each item begins if all take as long as is planned."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from yhdys.meetings.models import AgendaItem, Meeting


def give_times(meeting: Meeting, items: Iterable[AgendaItem]) -> datetime | None:
    """Give each item ``begins_at`` and ``ends_at`` (aware, or None), and return when the meeting would end.

    ``items`` are the whole agenda in its order: what is not shown takes its time, too. The clock runs from the
    meeting's beginning as long as every item has an estimate; from the first one without, nobody can tell. Returns None
    then, for a meeting without a beginning and for an empty agenda. No queries.
    """
    moment = meeting.starts_at
    is_empty = True
    for item in items:
        is_empty = False
        item.begins_at = item.ends_at = None  # type: ignore[attr-defined]  # for the page
        if moment is None:
            continue
        item.begins_at = moment  # type: ignore[attr-defined]  # as above
        moment = moment + timedelta(minutes=item.minutes_planned) if item.minutes_planned else None
        item.ends_at = moment  # type: ignore[attr-defined]  # as above
    return None if is_empty else moment
