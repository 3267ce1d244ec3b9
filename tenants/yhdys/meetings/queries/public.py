"""What programs ask of the public calendar."""

from datetime import datetime

from django.db.models import Max

from yhdys.audit.models import Entry
from yhdys.councils.models import Body
from yhdys.meetings.models import Meeting


def last_public_change(body: Body | None = None) -> datetime | None:
    """When the public calendar, of one body or of all, last came to say something else; None while it is empty.

    What was taken out of it again is known from the audit trail alone. Two queries.
    """
    announced = Meeting.objects.announced()
    if body is not None:
        announced = announced.filter(body=body)
    moments = announced.aggregate(
        changed=Max("updated_at"), announced=Max("announcement__announced_at"), body=Max("body__updated_at")
    )
    withdrawn = Entry.objects.filter(target_type=Meeting._meta.label_lower, verb="announcement_withdrawn")
    found = [*moments.values(), withdrawn.aggregate(at=Max("at"))["at"], body.updated_at if body is not None else None]
    return max((moment for moment in found if moment is not None), default=None)
