"""What programs ask of the public calendar."""

from datetime import datetime

from django.db.models import Max

from yhdys.councils.models import Body
from yhdys.meetings.models import Meeting


def last_public_change(body: Body | None = None) -> datetime | None:
    """When something in the public calendar, of one body or of all, last changed; None while it is empty. One query.

    It does not move when a draft is taken out of the calendar: of that nothing public is left.
    """
    announced = Meeting.objects.announced()
    if body is not None:
        announced = announced.filter(body=body)
    moments = announced.aggregate(
        changed=Max("updated_at"), announced=Max("announcement__announced_at"), body=Max("body__updated_at")
    )
    return max((moment for moment in moments.values() if moment is not None), default=None)
