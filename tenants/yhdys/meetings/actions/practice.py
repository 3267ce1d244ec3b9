"""A body's habits, and the rules that tie its meetings to other bodies."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.councils.models import Body
from yhdys.meetings.actions.common import By
from yhdys.meetings.models import MeetingPractice, PaperDelivery, StandingInvitation
from yhdys.organisations.models import Contact


@transaction.atomic
def set_practice(body: Body, *, by: By, **habits: Any) -> MeetingPractice:
    """Set how the body meets: ``call_days_before``, ``place``, ``address``, ``remote_link``."""
    practice, _made = MeetingPractice.objects.select_for_update().get_or_create(body=body)
    for name, value in habits.items():
        setattr(practice, name, value)
    refuse_invalid(practice)
    practice.save()
    record(body, "practice_set", by=by, fields=sorted(habits))
    return practice


@transaction.atomic
def invite_by_office(body: Body, *, of_body: Body, role: str, by: By) -> StandingInvitation:
    """From now on, invite whoever holds a role in another body to every meeting. Harmless when done again."""
    if body == of_body:
        raise ActionRefused(_("The members of the body itself are called anyway."))
    rule, made = StandingInvitation.objects.get_or_create(body=body, of_body=of_body, role=role)
    if made:
        record(body, "invitation_by_office_set", by=by, of_body=str(of_body), role=role)
    return rule


@transaction.atomic
def deliver_papers_to(
    body: Body, *, by: By, of_body: Body | None = None, role: str = "", contact: Contact | None = None
) -> PaperDelivery:
    """From now on, deliver calls and minutes to a role of another body or to one person. Harmless when done again."""
    if (contact is None) == (of_body is None or not role):
        raise ActionRefused(_("Choose a person, or a body and a role in it."))
    if of_body == body:
        raise ActionRefused(_("The members of the body itself are called anyway."))
    rule, made = PaperDelivery.objects.get_or_create(body=body, of_body=of_body, role=role, contact=contact)
    if made:
        record(body, "delivery_of_papers_set", by=by, to=str(rule))
    return rule


@transaction.atomic
def stop_inviting(rule: StandingInvitation, *, by: By) -> None:
    """From the next call on, invite the holders of the role no more. Calls that have gone out stay as they are."""
    rule = locked(rule)
    record(rule.body, "invitation_by_office_ended", by=by, of_body=str(rule.of_body), role=rule.role)
    rule.delete()


@transaction.atomic
def stop_delivering(rule: PaperDelivery, *, by: By) -> None:
    """From now on, deliver no papers by this rule."""
    rule = locked(rule)
    record(rule.body, "delivery_of_papers_ended", by=by, to=str(rule))
    rule.delete()
