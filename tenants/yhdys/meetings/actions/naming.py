"""Telling at which item a representative was named."""

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked
from yhdys.councils.models import Representation
from yhdys.meetings.actions.common import By
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.models import AgendaItem, Naming


@transaction.atomic
def name_at_item(representation: Representation, item: AgendaItem, *, by: By) -> Naming:
    """Tie a mandate to the item at which the body named the person; the day of naming follows from it.

    Raises ActionRefused for an item of another body, or of a meeting that has not been held.
    """
    representation = locked(representation)
    meeting = item.meeting
    if meeting.body_id != representation.body_id:
        raise ActionRefused(_("The item belongs to another body’s meeting."))
    if meeting.state not in (MeetingState.HELD, MeetingState.CLOSED):
        raise ActionRefused(_("Somebody is named at a meeting that has been held."))
    naming, _made = Naming.objects.update_or_create(representation=representation, defaults={"item": item})
    representation.named_on = meeting.day
    representation.save(update_fields=["named_on"])
    record(representation, "named_at_item", by=by, number=item.number, meeting=str(meeting))
    return naming
