"""Appointing members and officers, ending and replacing them."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked
from yhdys.councils.enums import OFFICERS, Role
from yhdys.councils.models import Authority, ExternalDecision, Membership, Seat, Term
from yhdys.organisations.models import Contact, Organisation


def _at_the_same_time(start: date, end: date | None) -> Q:
    """Memberships that share a day with the time from ``start`` to ``end``."""
    shared = Q(end=None) | Q(end__gte=start)
    return shared if end is None else shared & Q(start__lte=end)


def _refuse_dates(term: Term, seat: Seat | None, start: date, end: date | None) -> None:
    if end is not None and end < start:
        raise ActionRefused(_("A membership cannot end before it starts. Check the dates."))
    if not term.holds_on(start) or (end is not None and not term.holds_on(end)):
        raise ActionRefused(_("The dates must be within the term {term}.").format(term=term))
    if seat is None:
        return
    if (seat.start is not None and start < seat.start) or (seat.end is not None and (end is None or end > seat.end)):
        raise ActionRefused(
            _("The seat “{seat}” does not exist for the whole time. Check the dates.").format(seat=seat)
        )


def _refuse_holder(seat: Seat, contact: Contact, role: Role, start: date, end: date | None) -> None:
    """One seat has one holder, and one person one seat in a body."""
    meanwhile = Membership.objects.filter(_at_the_same_time(start, end), body_id=seat.term.body_id)
    if role != Role.DEPUTY:
        holder = meanwhile.filter(seat=seat).exclude(role=Role.DEPUTY).select_related("contact").first()
        if holder is not None:
            raise ActionRefused(
                _("{person} holds this seat at that time. End that membership first, or replace the person.").format(
                    person=holder.contact
                )
            )
    elsewhere = meanwhile.filter(contact=contact, seat__isnull=False).exclude(role__in=OFFICERS)
    if (other := elsewhere.select_related("seat").first()) is not None:
        raise ActionRefused(
            _("{person} has a seat in this body at that time already: “{seat}”. One person holds one seat.").format(
                person=contact, seat=other.seat
            )
        )


def _refuse_office(term: Term, role: Role, contact: Contact, start: date, end: date | None) -> None:
    """An office has one holder at a time."""
    meanwhile = Membership.objects.filter(_at_the_same_time(start, end), body_id=term.body_id, role=role)
    if (holder := meanwhile.select_related("contact").first()) is not None:
        raise ActionRefused(
            _("{person} is the {role} at that time. End that first.").format(
                person=holder.contact, role=str(role.label).lower()
            )
        )


def _deputised(term: Term, seat: Seat | None, deputises_for: Membership | None, start: date) -> Membership | None:
    """Whose deputy one becomes: the one told, else whoever holds the seat then."""
    if deputises_for is not None:
        if deputises_for.body_id != term.body_id or (seat is not None and deputises_for.seat_id != seat.pk):
            raise ActionRefused(_("A deputy stands in for the holder of the same seat."))
        if not deputises_for.holds_on(start):
            raise ActionRefused(_("The member is not in the seat on that day. Check the date."))
        return deputises_for
    holders = Membership.objects.filter(term=term, seat=seat).in_force(start).exclude(role=Role.DEPUTY)
    holder = holders.first() if seat is not None else None
    if holder is None:
        raise ActionRefused(_("A vacant seat has no deputy. Appoint the member first."))
    return holder


@transaction.atomic
def appoint(
    *,
    term: Term,
    seat: Seat | None,
    contact: Contact,
    role: Role,
    start: date | None = None,
    end: date | None = None,
    organisation: Organisation | None = None,
    authority: Authority | None = None,
    deputises_for: Membership | None = None,
    decision: ExternalDecision | None = None,
    by: User | None,
) -> Membership:
    """Appoint a person to a seat or an office, by default for the whole term.

    For whom the person sits is the seat's organisation or authority unless another is told. Raises ActionRefused for
    dates outside the term or the seat, a seat that is held, a person who has a seat in the body already, an office
    that is held, and a deputy of a vacant seat.
    """
    body = locked(term.body)
    start, end = start or term.start, end or term.end
    _refuse_dates(term, seat, start, end)
    if seat is not None:
        if seat.term_id != term.pk:
            raise ActionRefused(_("The seat belongs to another term."))
        _refuse_holder(seat, contact, role, start, end)
        if organisation is None and authority is None:
            organisation, authority = seat.organisation, None if seat.organisation else seat.authority
    elif role not in OFFICERS and role != Role.DEPUTY:
        if Seat.objects.filter(term=term).exists():
            raise ActionRefused(_("Choose the seat: the members of this body sit in seats."))
        same = Membership.objects.filter(_at_the_same_time(start, end), body=body, contact=contact)
        if same.exclude(role__in=OFFICERS).exists():
            raise ActionRefused(_("{person} is in this body at that time already.").format(person=contact))
    if role in OFFICERS:
        _refuse_office(term, role, contact, start, end)
    if role == Role.DEPUTY:
        deputises_for = _deputised(term, seat, deputises_for, start)
    elif deputises_for is not None:
        raise ActionRefused(_("Only a deputy stands in for somebody."))
    membership = Membership.objects.create(
        body=body,
        term=term,
        seat=seat,
        contact=contact,
        role=role,
        organisation=organisation,
        authority=authority,
        deputises_for=deputises_for,
        decision=decision,
        start=start,
        end=end,
    )
    record(membership, "appointed", by=by, role=role.value, start=start.isoformat())
    record(body, "member_appointed", by=by, role=role.value, name=str(contact))
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, on: date, by: User | None) -> Membership:
    """End a membership on its last day. Raises ActionRefused for a day before its start or after the term."""
    membership = locked(membership)
    if on < membership.start:
        raise ActionRefused(_("A membership cannot end before it starts. Check the dates."))
    if not membership.term.holds_on(on):
        raise ActionRefused(_("The dates must be within the term {term}.").format(term=membership.term))
    if membership.end is not None and on > membership.end:
        _refuse_longer(membership, on)
    membership.end = on
    membership.save(update_fields=["end"])
    record(membership, "ended", by=by, on=on.isoformat())
    record(membership.body, "member_ended", by=by, role=membership.role, name=str(membership.contact))
    return membership


def _refuse_longer(membership: Membership, on: date) -> None:
    """A later last day must not run into whoever came after."""
    assert membership.end is not None
    begins = membership.end + timedelta(days=1)
    role = Role(membership.role)
    if membership.seat is not None:
        _refuse_holder(membership.seat, membership.contact, role, begins, on)
    if role in OFFICERS:
        _refuse_office(membership.term, role, membership.contact, begins, on)


@transaction.atomic
def replace(
    membership: Membership,
    contact: Contact,
    *,
    start: date,
    organisation: Organisation | None = None,
    authority: Authority | None = None,
    decision: ExternalDecision | None = None,
    by: User | None,
) -> Membership:
    """Let another person go on in somebody's seat or office from a day on, to the same end.

    The deputies of that seat go on as deputies of the new holder. Raises ActionRefused as ``appoint`` does.
    """
    membership = locked(membership)
    if not membership.holds_on(start) or start <= membership.start:
        raise ActionRefused(
            _("Somebody is replaced while they are in office, at the earliest on the second day. Check the date.")
        )
    last_day, until = start - timedelta(days=1), membership.end
    deputies = list(
        Membership.objects.filter(deputises_for=membership).in_force(start).select_related("term", "seat", "contact")
    )
    end_membership(membership, on=last_day, by=by)
    for deputy in deputies:
        if deputy.start < start:
            end_membership(deputy, on=last_day, by=by)
    new = appoint(
        term=membership.term,
        seat=membership.seat,
        contact=contact,
        role=Role(membership.role),
        start=start,
        end=until,
        organisation=organisation or (membership.organisation if authority is None else None),
        authority=authority or (membership.authority if organisation is None else None),
        deputises_for=membership.deputises_for,
        decision=decision,
        by=by,
    )
    for deputy in deputies:
        if deputy.start >= start:
            deputy.deputises_for = new
            deputy.save(update_fields=["deputises_for"])
        elif deputy.contact_id != contact.pk:
            appoint(
                term=deputy.term,
                seat=deputy.seat,
                contact=deputy.contact,
                role=Role.DEPUTY,
                start=start,
                end=deputy.end,
                organisation=deputy.organisation,
                authority=deputy.authority,
                deputises_for=new,
                by=by,
            )
    return new
