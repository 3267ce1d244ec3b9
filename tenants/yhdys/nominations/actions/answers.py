"""Taking names: by the link in a letter, by the public form, or noted by the secretary."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import ByName, record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.councils.models import Seat
from yhdys.nominations import emails
from yhdys.nominations.enums import CallKind, CallState, Door, Place, Reply
from yhdys.nominations.models import CallInvitation, Nomination, NominationCall, Nominee
from yhdys.organisations.models import Organisation


@dataclass(frozen=True)
class Person:
    """Somebody who is named, and what of theirs may be published."""

    name: str
    email: str
    phone: str = ""
    gender: str = ""
    publishes_email: bool = False
    publishes_phone: bool = False


@dataclass(frozen=True)
class Names:
    """Who is named for one seat."""

    seat: Seat
    member: Person | None
    deputy: Person | None = None


def _refuse_people(names: Names) -> None:
    if names.member is None:
        if names.deputy is not None:
            raise ActionRefused(_("Name the member first: a vacant seat has no deputy."))
        raise ActionRefused(_("Name the member for the seat “{seat}”.").format(seat=names.seat))
    for person in filter(None, (names.member, names.deputy)):
        if not person.name.strip():
            raise ActionRefused(_("Write the name of everybody whom you name."))
        try:
            validate_email(person.email)
        except ValidationError as error:
            raise ActionRefused(_("“{email}” is not an e-mail address.").format(email=person.email)) from error
    if names.deputy is not None and _same(names.member, names.deputy):
        raise ActionRefused(_("The member and the deputy are two different people."))


def _same(one: Person, other: Person) -> bool:
    return (one.email.casefold(), one.name.casefold()) == (other.email.casefold(), other.name.casefold())


def _refuse_twice(given: Sequence[Names]) -> None:
    """One person holds one seat in a body."""
    people = [person for names in given for person in (names.member, names.deputy) if person is not None]
    for number, person in enumerate(people):
        if any(_same(person, other) for other in people[:number]):
            raise ActionRefused(_("{person} is named twice. One person holds one seat.").format(person=person.name))


def _refuse_state(call: NominationCall, *, answered: bool) -> None:
    """Say in words why no answer is taken now."""
    if call.state == CallState.DRAFT:
        raise ActionRefused(_("The request has not been opened yet."))
    if call.state == CallState.PROPOSED:
        raise ActionRefused(_("The composition has been proposed, so names are no longer taken. Tell us directly."))
    if call.state == CallState.APPOINTED:
        raise ActionRefused(_("The members have been appointed, so names are no longer taken. Tell us directly."))
    if answered and not call.takes_corrections:
        raise ActionRefused(_("The request has been closed, so the answer cannot be changed here. Tell us directly."))


@transaction.atomic
def answer_call(
    invitation: CallInvitation,
    given: Sequence[Names],
    *,
    way: Door,
    version: str | None = None,
    sender: str = "",
    by: User | None = None,
) -> CallInvitation:
    """Take the names of an asked organisation; until the closing they can be changed, and a first answer after the
    deadline is marked as late.

    ``version`` is the answer that the page was made from (``CallInvitation.version``): when another has come meanwhile,
    nothing is overwritten. Raises ActionRefused with what to mend, and when answers are no longer taken.
    """
    call, invitation = _opened(invitation, way, version)
    asked = {seat.pk: seat for seat in invitation.seats.all()}
    wanted = [names for names in given if names.member is not None or names.deputy is not None]
    if not wanted:
        raise ActionRefused(_("Name at least one member, or tell that you name nobody."))
    for names in wanted:
        if names.seat.pk not in asked:
            raise ActionRefused(_("The seat is not in this request."))
        if names.deputy is not None and not call.asks_deputies:
            raise ActionRefused(_("Deputies are not named this time."))
        _refuse_people(names)
    _refuse_twice(wanted)
    was_chosen = set(invitation.nominations.chosen().values_list("seat_id", flat=True))
    invitation.nominations.all().delete()
    for names in wanted:
        nomination = Nomination(
            call=call,
            seat=names.seat,
            invitation=invitation,
            organisation=invitation.organisation,
            authority=invitation.authority,
            named_by=invitation.name,
            sender_name=sender,
            way=way,
            is_late=invitation.is_late if invitation.is_answered else call.is_over or call.state == CallState.CLOSED,
        )
        _keep(nomination, names, choose=names.seat.pk in was_chosen)
    _note_reply(call, invitation, Reply.NAMED, way)
    record(
        call, "named", by=by if way == Door.DESK else ByName(invitation.name), name=invitation.name,
        seats=len(wanted), late=invitation.is_late,
    )  # fmt: skip
    _confirm(invitation)
    return invitation


@transaction.atomic
def decline_call(
    invitation: CallInvitation, *, note: str = "", way: Door, version: str | None = None, by: User | None = None
) -> CallInvitation:
    """Note that the organisation names nobody. Until the closing it can still name. Raises ActionRefused as above."""
    call, invitation = _opened(invitation, way, version)
    invitation.nominations.all().delete()
    invitation.note = note.strip()[:500]
    _note_reply(call, invitation, Reply.DECLINED, way)
    record(call, "declined", by=by if way == Door.DESK else ByName(invitation.name), name=invitation.name)
    _confirm(invitation)
    return invitation


def _opened(invitation: CallInvitation, way: Door, version: str | None) -> tuple[NominationCall, CallInvitation]:
    call = locked(invitation.call)
    invitation = locked(invitation)
    invitation.call = call
    if way == Door.DESK and invitation.is_answered and call.state == CallState.CLOSED:
        pass  # The secretary mends what somebody tells after the closing.
    else:
        _refuse_state(call, answered=invitation.is_answered)
    if version is not None and version != invitation.version:
        raise ActionRefused(
            _(
                "Somebody has answered by the same link after you opened this page. What you wrote is still here: look "
                "at the answer that was given, and send yours again if it is to replace that one."
            )
        )
    return call, invitation


def _note_reply(call: NominationCall, invitation: CallInvitation, reply: Reply, way: Door) -> None:
    if not invitation.is_answered:
        invitation.is_late = call.is_over or call.state == CallState.CLOSED
    invitation.reply, invitation.answered_at, invitation.answered_by = reply, clock.now(), way
    if reply == Reply.NAMED:
        invitation.note = ""
    invitation.save(update_fields=["reply", "answered_at", "answered_by", "is_late", "note"])


def _confirm(invitation: CallInvitation) -> None:
    """A receipt goes to the address that was asked: whoever passed the link on learns what was done by it."""
    if invitation.email and not clock.is_fixed():
        emails.confirm_answer(invitation)


@transaction.atomic
def propose_openly(
    call: NominationCall,
    names: Names,
    *,
    organisation: str,
    sender_name: str,
    sender_email: str,
    reasons: str = "",
) -> Nomination:
    """Take what an organisation of the field proposes by the public form of an open call.

    An organisation of the directory is known by its name. Raises ActionRefused with what to mend, and when the call
    takes no names.
    """
    call = locked(call)
    if call.kind != CallKind.OPEN:
        raise ActionRefused(_("This request is answered by the link in its letter."))
    _refuse_state(call, answered=False)
    if call.state != CallState.OPEN:
        raise ActionRefused(_("The request has been closed. Tell us directly."))
    if not call.seats.filter(pk=names.seat.pk).exists():
        raise ActionRefused(_("The seat is not in this request."))
    if not organisation.strip():
        raise ActionRefused(_("Write the name of the organisation."))
    if names.deputy is not None and not call.asks_deputies:
        raise ActionRefused(_("Deputies are not named this time."))
    _refuse_people(names)
    known = Organisation.objects.active().filter(name_fi__iexact=organisation.strip()).first()
    nomination = Nomination(
        call=call,
        seat=names.seat,
        organisation=known,
        named_by=organisation.strip(),
        sender_name=sender_name.strip(),
        sender_email=sender_email.strip().lower(),
        reasons=reasons.strip(),
        way=Door.FORM,
        is_late=call.is_over,
    )
    _keep(nomination, names, choose=False)
    record(call, "named", by=ByName(nomination.named_by), name=nomination.named_by, seats=1, late=nomination.is_late)
    if not clock.is_fixed():
        emails.confirm_proposal(nomination, language=(translation.get_language() or "fi")[:2])
    return nomination


def _keep(nomination: Nomination, names: Names, *, choose: bool) -> None:
    """Save a nomination with its people. The only one for a seat is in the proposal until somebody chooses another."""
    others = Nomination.objects.filter(call=nomination.call, seat=nomination.seat)
    nomination.is_chosen = choose or not others.exists()
    refuse_invalid(nomination, exclude={"invitation"})
    nomination.save(force_insert=True)
    for place, person in ((Place.MEMBER, names.member), (Place.DEPUTY, names.deputy)):
        if person is None:
            continue
        nominee = Nominee(
            nomination=nomination,
            place=place,
            name=" ".join(person.name.split()),
            email=person.email.strip().lower(),
            phone=person.phone.strip(),
            gender=person.gender,
            publishes_email=person.publishes_email,
            publishes_phone=person.publishes_phone and bool(person.phone.strip()),
        )
        refuse_invalid(nominee)
        nominee.save(force_insert=True)


@transaction.atomic
def choose_nomination(nomination: Nomination, *, by: User | None) -> Nomination:
    """Take a nomination into the proposal, instead of the one that was chosen for the seat before."""
    call = locked(nomination.call)
    if not call.takes_answers:
        raise ActionRefused(_("The composition has been proposed, so it cannot be changed here any more."))
    nomination = locked(nomination)
    Nomination.objects.filter(call=call, seat=nomination.seat_id, is_chosen=True).update(is_chosen=False)
    nomination.is_chosen = True
    nomination.save(update_fields=["is_chosen"])
    record(call, "chosen", by=by, name=nomination.named_by, seat=str(nomination.seat))
    return nomination


@transaction.atomic
def link_organisation(nomination: Nomination, organisation: Organisation, *, by: User | None) -> Nomination:
    """Say which organisation of the directory a proposal of the public form comes from."""
    call = locked(nomination.call)
    nomination = locked(nomination)
    if nomination.way != Door.FORM or nomination.authority_id is not None:
        raise ActionRefused(_("The organisation of this nomination is known already."))
    nomination.organisation = organisation
    nomination.save(update_fields=["organisation"])
    record(call, "organisation_linked", by=by, name=nomination.named_by)
    return nomination
