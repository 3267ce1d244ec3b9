"""Preparing, opening and closing a call."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import changed_fields, free_slug, locked, refuse_invalid
from yhdys.councils.enums import TermState
from yhdys.councils.models import Authority, Seat
from yhdys.nominations.actions.letters import leave_letters
from yhdys.nominations.enums import CallKind, CallState
from yhdys.nominations.models import CallInvitation, NominationCall
from yhdys.nominations.queries import missing_for_opening
from yhdys.nominations.workflow import advance
from yhdys.organisations.models import Contact, Organisation
from yhdys.site.queries import region_settings

ADDRESS = "{body}-{term}"


def _refuse_broken(call: NominationCall) -> None:
    if call.term.state == TermState.ENDED:
        raise ActionRefused(_("The term {term} has ended, so nobody is named for it.").format(term=call.term))
    if not call.order:
        raise ActionRefused(_("Choose how the members are appointed."))
    if call.deadline < call.opens_on:
        raise ActionRefused(_("The last day for answers cannot be before the request opens. Check the dates."))
    if call.term.end is not None and call.deadline > call.term.end:
        raise ActionRefused(
            _("The last day for answers is after the term {term}. Check the dates.").format(term=call.term)
        )
    if call.decision is not None and call.decision.body_id != call.term.body_id:
        raise ActionRefused(_("The decision is about another body."))
    refuse_invalid(call)


@transaction.atomic
def create_call(call: NominationCall, *, seats: Iterable[Seat] = (), by: User | None) -> NominationCall:
    """Prepare a call from an unsaved record, for ``seats`` of its term. Raises ActionRefused with what to mend."""
    call.state = CallState.DRAFT
    call.slug = free_slug(NominationCall, ADDRESS.format(body=call.term.body, term=call.term.years))
    _refuse_broken(call)
    call.save(force_insert=True)
    _set_seats(call, seats)
    record(call, "created", by=by)
    return call


@transaction.atomic
def change_call(call: NominationCall, *, seats: Iterable[Seat] | None = None, by: User | None) -> NominationCall:
    """Save what was changed; ``seats`` only if given. An open call keeps its seats, and its deadline only moves on.

    Raises ActionRefused with what to mend.
    """
    kept = locked(call)
    call.state = kept.state
    if kept.state not in (CallState.DRAFT, CallState.OPEN):
        raise ActionRefused(_("The request has been closed, so it cannot be changed any more."))
    if kept.state == CallState.OPEN:
        if (kept.kind, kept.order, kept.opens_on) != (call.kind, call.order, call.opens_on):
            raise ActionRefused(_("The request is open: only its text and its last day can be changed now."))
        if call.deadline < kept.deadline:
            raise ActionRefused(_("The request is open: its last day can only be moved later."))
    _refuse_broken(call)
    changes = changed_fields(call)
    if changes:
        call.save()
    if seats is not None and _set_seats(call, seats):
        changes.append("seats")
    if changes:
        record(call, "changed", by=by, fields=changes)
    return call


def _set_seats(call: NominationCall, seats: Iterable[Seat]) -> bool:
    wanted = list(seats)
    if any(seat.term_id != call.term_id for seat in wanted):
        raise ActionRefused(_("The seat belongs to another term."))
    now = set(call.seats.values_list("pk", flat=True))
    if {seat.pk for seat in wanted} == now:
        return False
    if call.state != CallState.DRAFT:
        raise ActionRefused(_("The request is open: its seats cannot be changed any more."))
    call.seats.set(wanted)
    for invitation in call.invitations.all():
        invitation.seats.remove(*(seat for seat in invitation.seats.all() if seat not in wanted))
    return True


@transaction.atomic
def remove_call(call: NominationCall, *, by: User | None) -> None:
    """Remove a call that has not been opened. Raises ActionRefused for any other."""
    call = locked(call)
    if call.state != CallState.DRAFT:
        raise ActionRefused(_("The request has been opened, so it stays. Close it instead."))
    record(call, "removed", by=by)
    call.delete()


@transaction.atomic
def invite(
    call: NominationCall,
    *,
    seats: Iterable[Seat],
    organisation: Organisation | None = None,
    authority: Authority | None = None,
    contact: Contact | None = None,
    email: str = "",
    language: str = "",
    by: User | None,
) -> CallInvitation:
    """Put an organisation or authority on the list of those who are asked, for one seat or several.

    The letter goes to ``email``, else to the contact, else to the organisation's or registry's own address. Of an open
    call it leaves at once. Raises ActionRefused with what to mend.
    """
    call = locked(call)
    if call.kind != CallKind.INVITED:
        raise ActionRefused(_("An open request invites nobody: whoever wants to proposes."))
    if call.state not in (CallState.DRAFT, CallState.OPEN):
        raise ActionRefused(_("The request has been closed, so nobody can be asked any more."))
    wanted = list(seats)
    if not wanted:
        raise ActionRefused(_("Choose for which seats members are asked."))
    if {seat.pk for seat in wanted} - set(call.seats.values_list("pk", flat=True)):
        raise ActionRefused(_("The seat is not in this request."))
    owner = organisation or authority
    if owner is None or (organisation is not None and authority is not None):
        raise ActionRefused(_("Choose either an organisation or an authority."))
    same = call.invitations.filter(organisation=organisation, authority=authority)
    if same.exists():
        raise ActionRefused(_("{name} has been asked already.").format(name=owner))
    if contact is not None and organisation is not None and contact.organisation_id not in (None, organisation.pk):
        raise ActionRefused(_("{person} acts for another organisation.").format(person=contact))
    invitation = CallInvitation(
        call=call,
        organisation=organisation,
        authority=authority,
        contact=contact,
        name=str(owner)[:200],
        email=email or _address_of(organisation, authority, contact),
        language=language or _language_of(contact),
    )
    refuse_invalid(invitation)
    invitation.save(force_insert=True)
    invitation.seats.set(wanted)
    record(call, "invited", by=by, name=invitation.name)
    if call.state == CallState.OPEN:
        leave_letters(call)
    return invitation


@transaction.atomic
def invite_known(call: NominationCall, *, by: User | None) -> list[CallInvitation]:
    """Ask, for each seat that names its organisation or authority and for which nobody is asked, just that one.

    One that several seats name is asked once, for all of them. Returns who was added to the list.
    """
    call = locked(call)
    asked = set(call.invitations.values_list("seats", flat=True))
    wanted: dict[Organisation | Authority, list[Seat]] = {}
    for seat in call.asked_seats:
        owner = seat.organisation or seat.authority
        if owner is not None and seat.pk not in asked:
            wanted.setdefault(owner, []).append(seat)
    made = []
    for owner, seats in wanted.items():
        organisation = owner if isinstance(owner, Organisation) else None
        authority = owner if isinstance(owner, Authority) else None
        if call.invitations.filter(organisation=organisation, authority=authority).exists():
            continue
        made.append(invite(call, seats=seats, organisation=organisation, authority=authority, by=by))
    return made


def _address_of(organisation: Organisation | None, authority: Authority | None, contact: Contact | None) -> str:
    own = organisation.email if organisation is not None else authority.registry_email if authority is not None else ""
    return (contact.mail_address if contact is not None else "") or own


def _language_of(contact: Contact | None) -> str:
    if contact is not None and contact.user is not None:
        return contact.user.language
    return str((region_settings().languages or ["fi"])[0])


@transaction.atomic
def set_address(invitation: CallInvitation, *, email: str, by: User | None) -> CallInvitation:
    """Say where somebody is written to. Raises ActionRefused for what is no address, and after the answer."""
    call = locked(invitation.call)
    invitation = locked(invitation)
    if call.state not in (CallState.DRAFT, CallState.OPEN):
        raise ActionRefused(_("The request has been closed, so nobody can be asked any more."))
    invitation.email = email.strip()
    refuse_invalid(invitation)
    invitation.save(update_fields=["email"])
    record(call, "address_changed", by=by, name=invitation.name)
    return invitation


@transaction.atomic
def remove_invitation(invitation: CallInvitation, *, by: User | None) -> None:
    """Take somebody off the list before the letters leave. Raises ActionRefused afterwards."""
    call = locked(invitation.call)
    if call.state != CallState.DRAFT:
        raise ActionRefused(_("The letters have left, so {name} stays on the list.").format(name=invitation.name))
    record(call, "uninvited", by=by, name=invitation.name)
    invitation.delete()


@transaction.atomic
def open_call(call: NominationCall, *, by: User | None) -> NominationCall:
    """Open the call: letters leave after commit, an open one appears on the public site.

    Raises ActionRefused with every sentence of what is missing.
    """
    call = locked(call)
    if missing := missing_for_opening(call):
        raise ActionRefused(" ".join(one.text for one in missing))
    advance(call, CallState.OPEN, opened_at=clock.now(), opens_on=clock.today())
    if call.kind == CallKind.INVITED:
        leave_letters(call)
    record(call, "opened", by=by, invited=call.invitations.count())
    return call


@transaction.atomic
def close_call(call: NominationCall, *, by: User | None) -> NominationCall:
    """Close the call: answers that were given stay as they are; who has not answered still can, and is marked late."""
    call = locked(call)
    advance(call, CallState.CLOSED, closed_at=clock.now())
    record(call, "closed", by=by)
    return call
