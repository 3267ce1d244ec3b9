"""Who is to be called to a meeting, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import pgettext

from yhdys.core import clock
from yhdys.core.text import name_key
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership, Term
from yhdys.meetings.enums import InvitationRole
from yhdys.meetings.models import (
    Guest,
    Invitation,
    Meeting,
    PaperDelivery,
    StandingInvitation,
)
from yhdys.site.queries import region_settings

if TYPE_CHECKING:
    from yhdys.organisations.models import Contact

type Tie = StandingInvitation | PaperDelivery
"""A rule that brings the papers of one body to people of another."""

_AS = {
    Role.CHAIR: InvitationRole.CHAIR,
    Role.VICE_CHAIR: InvitationRole.VICE_CHAIR,
    Role.MEMBER: InvitationRole.MEMBER,
    Role.EXPERT: InvitationRole.EXPERT,
    Role.SECRETARY: InvitationRole.SECRETARY,
    Role.COMMUNICATIONS: InvitationRole.COMMUNICATIONS,
    Role.DEPUTY: InvitationRole.DEPUTY,
}
WEIGHT = {role: place for place, role in enumerate(InvitationRole)}
"""The order in which roles are listed; of two roles the first one names a person."""


@dataclass
class Recipient:
    """One person to be called, once, however many roles they have. Without an address nobody can be written to."""

    name: str
    email: str
    role: InvitationRole
    reasons: list[str] = field(default_factory=list)
    votes: bool = False
    language: str = "fi"
    contact: Contact | None = None
    membership: Membership | None = None
    guest: Guest | None = None

    @property
    def reason(self) -> str:
        """Why they are called, in words."""
        return "; ".join(dict.fromkeys(filter(None, self.reasons)))

    @property
    def role_name(self) -> str:
        """The role in words."""
        return str(self.role.label)


def recipients(meeting: Meeting, *, without: Tie | None = None) -> list[Recipient]:
    """Everybody whom the call of the meeting concerns on its day, by a constant number of queries.

    Members and officers of the body; deputies for information; who is invited by office in another body; guests;
    and those to whom the papers are delivered. Before the constitutive meeting the convener, too. ``without`` leaves
    one rule out, to tell what it does.
    """
    day = meeting.day or clock.today()
    default = (region_settings().languages or ["fi"])[0]
    found: dict[Any, Recipient] = {}
    memberships = list(_memberships(meeting.body_id, day))
    voters = _voters(memberships)
    for one in memberships:
        recipient = _add(found, one.contact, _AS[Role(one.role)], _why(one), default, membership=one)
        recipient.votes = one.contact_id in voters
    _add_convener(found, meeting, day, default)
    left_out = [without.pk] if without is not None else []
    for standing in StandingInvitation.objects.filter(body=meeting.body_id).exclude(pk__in=left_out).listed():
        for contact, why in concerned_by(standing, day):
            _add(found, contact, InvitationRole.EX_OFFICIO, why, default)
    for guest in meeting.guests.select_related("item"):
        why = guest.item.title if guest.item is not None else guest.organisation
        found[guest.pk] = Recipient(
            guest.name, guest.email, InvitationRole.GUEST, [why], language=guest.language, guest=guest
        )
    for delivery in PaperDelivery.objects.filter(body=meeting.body_id).exclude(pk__in=left_out).listed():
        for contact, why in concerned_by(delivery, day):
            _add(found, contact, InvitationRole.COPY, why, default)
    return sorted(found.values(), key=lambda one: (WEIGHT[one.role], name_key(one.name)))


def _memberships(body: Any, day: date) -> QuerySet[Membership]:
    return Membership.objects.filter(body=body).in_force(day).select_related("contact__user").listed()


def _voters(memberships: Iterable[Membership]) -> set[Any]:
    """Contacts with a vote: holders of voting seats, or in a body without seats its members and chairs."""
    seated = {one.contact_id for one in memberships if one.seat and one.seat.is_voting and one.role != Role.DEPUTY}
    deciding = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER)
    return seated or {one.contact_id for one in memberships if one.seat is None and one.role in deciding}


def _why(one: Membership) -> str:
    if one.role == Role.DEPUTY:
        whose = one.deputises_for.contact if one.deputises_for is not None else one.seat
        return pgettext("why invited", "deputy of {whose}").format(whose=whose) if whose else ""
    return str(one.on_behalf_of or "")


def _add_convener(found: dict[Any, Recipient], meeting: Meeting, day: date, default: str) -> None:
    terms = Term.objects.filter(body=meeting.body_id, constituted_on=None, convener__isnull=False).in_force(day)
    for term in terms.select_related("convener__user"):
        if term.convener is not None:
            _add(found, term.convener, InvitationRole.SECRETARY, pgettext("why invited", "convener"), default)


def concerned_by(tie: Tie, day: date) -> list[tuple[Contact, str]]:
    """Whom a rule between bodies names on the day, and why in words."""
    if isinstance(tie, StandingInvitation):
        why = pgettext("why invited", "{role}, {body}")
    elif tie.contact is not None:
        return [(tie.contact, pgettext("why invited", "the papers are delivered for information"))]
    else:
        why = pgettext("why invited", "the papers are delivered: {role}, {body}")
    said = why.format(role=tie.get_role_display(), body=tie.of_body)
    return [(one.contact, said) for one in _memberships(tie.of_body_id, day).filter(role=tie.role)]


def _add(
    found: dict[Any, Recipient],
    contact: Contact,
    role: InvitationRole,
    why: str,
    default: str,
    membership: Membership | None = None,
) -> Recipient:
    known = found.get(contact.pk)
    if known is None:
        language = contact.user.language if contact.user is not None else default
        known = found[contact.pk] = Recipient(
            contact.name, contact.mail_address, role, language=language, contact=contact, membership=membership
        )
    if WEIGHT[role] < WEIGHT[known.role]:
        known.role = role
    if membership is not None and (known.membership is None or membership.seat_id is not None):
        known.membership = membership
    known.reasons.append(why)
    return known


def deputies_for(invitation: Invitation) -> list[Membership]:
    """Deputies who may come in this person's place on the day of the meeting."""
    one = invitation.membership
    meeting = invitation.convocation.meeting
    if one is None or meeting.day is None or one.role == Role.DEPUTY:
        return []
    deputies = Membership.objects.filter(body=one.body_id, role=Role.DEPUTY).in_force(meeting.day).listed()
    return [
        deputy
        for deputy in deputies
        if deputy.deputises_for_id == one.pk
        or (deputy.deputises_for_id is None and one.seat_id is not None and deputy.seat_id == one.seat_id)
    ]


def present_invitation(invitation: Invitation) -> Invitation | None:
    """The same person's invitation in the latest call: an old letter's link leads to the time that now holds."""
    meeting = invitation.convocation.meeting_id
    same = Invitation.objects.current().for_desk().filter(convocation__meeting=meeting)
    if invitation.contact_id is not None:
        return same.filter(contact=invitation.contact_id).first()
    if invitation.guest_id is not None:
        return same.filter(guest=invitation.guest_id).first()
    return same.filter(pk=invitation.pk).first()
