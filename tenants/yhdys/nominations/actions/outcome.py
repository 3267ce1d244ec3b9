"""From names to members: the proposal, its return, the appointment."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked
from yhdys.councils import actions as councils
from yhdys.councils.enums import Represents, Role
from yhdys.councils.models import ExternalDecision, Membership
from yhdys.nominations.actions.letters import leave_letters
from yhdys.nominations.enums import CallKind, CallState
from yhdys.nominations.models import Nomination, NominationCall, Nominee
from yhdys.nominations.queries import balance_of, missing_for_appointment, missing_for_proposal
from yhdys.nominations.workflow import advance, may_advance, refuse_step
from yhdys.organisations import actions as organisations
from yhdys.organisations.enums import ConsentField, ConsentSource
from yhdys.organisations.models import Contact, Organisation


@transaction.atomic
def propose_composition(call: NominationCall, *, balance_reason: str = "", by: User | None) -> NominationCall:
    """Put the composition before the deciding body. After this nothing of it changes unless it is returned.

    Where the Equality Act binds the body and the balance is not reached, the reason is needed (law.md 6). Raises
    ActionRefused with what is missing.
    """
    call = locked(call)
    refuse_step(call, CallState.PROPOSED)
    if missing := missing_for_proposal(call):
        raise ActionRefused(" ".join(one.text for one in missing))
    reason = _reason(call, balance_reason)
    advance(call, CallState.PROPOSED, proposed_at=clock.now(), balance_reason=reason)
    record(call, "proposed", by=by, count=call.nominations.chosen().count())
    return call


def _reason(call: NominationCall, given: str) -> str:
    reason = given.strip() or call.balance_reason
    if not reason and balance_of(call).needs_reason:
        raise ActionRefused(
            _("The Equality Act binds this body, and 40 % of women and men is not reached. Tell the reason.")
        )
    return reason


@transaction.atomic
def return_proposal(call: NominationCall, *, reason: str, deadline: date, by: User | None) -> NominationCall:
    """Take the proposal back to the field with a reason: whoever was asked gets a new letter and can change the names.

    Raises ActionRefused where the order of appointing knows no return, without a reason, and for a day that has passed.
    """
    call = locked(call)
    if not may_advance(call, CallState.OPEN):
        raise ActionRefused(_("Only a proposal on which the deciding body acts can be returned to the field."))
    if not reason.strip():
        raise ActionRefused(_("Tell why the proposal is returned: those who are asked read it."))
    if deadline < clock.today():
        raise ActionRefused(_("The last day for answers has passed. Choose a later one."))
    advance(
        call, CallState.OPEN, return_reason=reason.strip(), returned_at=clock.now(), deadline=deadline,
        opened_at=clock.now(), closed_at=None, proposed_at=None,
    )  # fmt: skip
    if call.kind == CallKind.INVITED:
        call.invitations.update(mail=None, reminded_before=None, reminded_after=None)
        leave_letters(call)
    record(call, "returned", by=by, reason=call.return_reason)
    return call


@transaction.atomic
def tell_decision(call: NominationCall, decision: ExternalDecision, *, by: User | None) -> NominationCall:
    """Say which decision of another body the call rests on, or by which the members are appointed."""
    call = locked(call)
    if call.state == CallState.APPOINTED:
        raise ActionRefused(_("The members have been appointed already."))
    if decision.body_id != call.term.body_id:
        raise ActionRefused(_("The decision is about another body."))
    call.decision = decision
    call.save(update_fields=["decision"])
    record(call, "decision_told", by=by, name=str(decision))
    return call


@transaction.atomic
def appoint_members(
    call: NominationCall,
    *,
    decision: ExternalDecision | None = None,
    start: date | None = None,
    balance_reason: str = "",
    by: User | None,
) -> list[Membership]:
    """Make members and deputies of those who are chosen, from the term's first day or from ``start``.

    Whoever is not in the directory yet gets a card there, with the consents that were given. All or nobody: raises
    ActionRefused with the first sentence of ``councils.actions.appoint`` that stands against it, and without a decision
    where one is needed.
    """
    call = locked(call)
    if decision is not None:
        call = tell_decision(call, decision, by=by)
    refuse_step(call, CallState.APPOINTED)
    if missing := missing_for_appointment(call):
        raise ActionRefused(" ".join(one.text for one in missing))
    reason = _reason(call, balance_reason)
    day = start or call.term.start
    made: list[Membership] = []
    for nomination in call.nominations.chosen().listed():
        made += _seat(nomination, call, day, by)
    advance(call, CallState.APPOINTED, appointed_at=clock.now(), balance_reason=reason)
    record(call, "appointed", by=by, count=len(made))
    return made


def _seat(nomination: Nomination, call: NominationCall, day: date, by: User | None) -> list[Membership]:
    """The memberships of one seat, the member's first: a vacant seat has no deputy."""
    organisation = nomination.organisation
    if organisation is None and nomination.authority is None:
        organisation = _organisation(nomination, by)
    seat = nomination.seat
    own = Role.EXPERT if seat.represents == Represents.EXPERT else Role.MEMBER
    made = []
    for nominee, role in ((nomination.member, own), (nomination.deputy, Role.DEPUTY)):
        if nominee is None:
            continue
        membership = councils.appoint(
            term=call.term,
            seat=seat,
            contact=_contact(nominee, organisation, by),
            role=role,
            start=max(day, seat.start or day),
            end=seat.end,
            organisation=organisation,
            authority=nomination.authority if organisation is None else None,
            decision=call.decision,
            by=by,
        )
        nominee.membership = membership
        nominee.save(update_fields=["membership"])
        made.append(membership)
    return made


def _organisation(nomination: Nomination, by: User | None) -> Organisation:
    """An organisation that proposed by the public form joins the directory when its nominee becomes a member."""
    sector = nomination.seat.sector
    made = organisations.add_organisation(
        Organisation(name_fi=nomination.named_by), sectors=[sector] if sector is not None else [], by=by
    )
    nomination.organisation = made
    nomination.save(update_fields=["organisation"])
    return made


def _contact(nominee: Nominee, organisation: Organisation | None, by: User | None) -> Contact:
    """The person's card in the directory: their own if address and name are known, else a new one."""
    contact: Contact | None = Contact.objects.filter(
        email__iexact=nominee.email, name__iexact=nominee.name, email__gt=""
    ).first()
    if contact is None:
        contact = organisations.add_contact(
            Contact(name=nominee.name, organisation=organisation, email=nominee.email, phone=nominee.phone), by=by
        )
    elif nominee.phone and not contact.phone:
        contact.phone = nominee.phone
        contact = organisations.change_contact(contact, by=by)
    for field, given in ((ConsentField.EMAIL, nominee.publishes_email), (ConsentField.PHONE, nominee.publishes_phone)):
        shown = getattr(contact, field.value)
        told = nominee.email if field == ConsentField.EMAIL else nominee.phone
        if given and shown == told and not contact.publishes(field):
            organisations.give_consent(contact, field, source=ConsentSource.FORM, by=by)
    return contact
