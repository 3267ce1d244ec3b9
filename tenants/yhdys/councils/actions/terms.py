"""Planning, running, reviewing and ending terms; their seats."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, ProtectedError, Q
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import changed_fields, locked, refuse_invalid
from yhdys.councils.actions.members import appoint
from yhdys.councils.enums import Represents, Role, Settled, TermState
from yhdys.councils.models import Authority, Membership, Seat, Settlement, Term
from yhdys.councils.queries import next_term
from yhdys.councils.unfinished import Decisions, open_work
from yhdys.councils.workflow import advance
from yhdys.organisations.models import Contact

NEEDED: dict[str, str] = {
    Represents.SECTOR: "sector",
    Represents.ORGANISATION: "organisation",
    Represents.MUNICIPALITY: "municipality",
    Represents.AUTHORITY: "authority",
    Represents.COUNTY: "county",
    Represents.BODY: "other_body",
}
"""Which field tells what a seat of this kind speaks for."""


def _refuse_broken_term(term: Term) -> None:
    if term.end is not None and term.end < term.start:
        raise ActionRefused(_("A term cannot end before it starts. Check the dates."))
    if term.review_on is not None and not term.is_pilot:
        raise ActionRefused(_("Only a pilot has a review date. Mark the term as a pilot, or leave the date empty."))
    if term.review_on is not None and term.review_on < term.start:
        raise ActionRefused(_("The review cannot be before the term starts. Check the dates."))
    overlapping = Term.objects.filter(body_id=term.body_id).exclude(pk=term.pk)
    overlapping = overlapping.filter(Q(end=None) | Q(end__gte=term.start))
    if term.end is not None:
        overlapping = overlapping.filter(start__lte=term.end)
    if (other := overlapping.first()) is not None:
        raise ActionRefused(
            _("The term {other} is in force at the same time. Terms of one body follow each other.").format(other=other)
        )
    refuse_invalid(term)


@transaction.atomic
def plan_term(term: Term, *, by: User | None) -> Term:
    """Plan a term from an unsaved record. Raises ActionRefused with what to mend."""
    locked(term.body)
    term.state = TermState.PLANNED
    _refuse_broken_term(term)
    term.save(force_insert=True)
    record(term, "planned", by=by)
    return term


@transaction.atomic
def change_term(term: Term, *, by: User | None) -> Term:
    """Save a term's dates, names and convener. Raises ActionRefused when somebody's membership would fall outside."""
    locked(term.body)
    kept = locked(term)
    term.state = kept.state
    _refuse_broken_term(term)
    outside = Q(start__lt=term.start)
    if term.end is not None:
        outside |= Q(start__gt=term.end)
    if Membership.objects.filter(outside, term=term).exists():
        raise ActionRefused(_("Somebody’s membership starts outside these dates. Change the memberships first."))
    changes = changed_fields(term)
    if changes:
        term.save()
        _clip(term)
        record(term, "changed", by=by, fields=changes)
    return term


def _clip(term: Term) -> None:
    """No membership goes on after its term."""
    if term.end is None:
        return
    for membership in Membership.objects.filter(term=term, end__gt=term.end):
        membership.end = term.end
        membership.save(update_fields=["end"])


@transaction.atomic
def start_term(term: Term, *, by: User | None) -> Term:
    """Begin a planned term. Raises ActionRefused before its first day, while another runs, and with nobody in it."""
    locked(term.body)
    term = locked(term)
    if term.start > clock.today():
        raise ActionRefused(_("The term starts on a day that is still to come. Change its dates or wait."))
    running = Term.objects.running().filter(body=term.body_id)
    if (other := running.exclude(pk=term.pk).first()) is not None:
        raise ActionRefused(_("The term {other} is still running. End it first.").format(other=other))
    if term.convener_id is None and not term.memberships.exists():
        raise ActionRefused(_("Appoint members first, or name a convener for the constitutive meeting."))
    advance(term, TermState.RUNNING)
    record(term, "started", by=by)
    return term


@transaction.atomic
def begin_review(term: Term, *, by: User | None) -> Term:
    """Take a pilot under review. Raises ActionRefused for a term that is no pilot."""
    term = locked(term)
    if not term.is_pilot:
        raise ActionRefused(_("Only a pilot is reviewed. An ordinary term runs until it ends."))
    advance(term, TermState.UNDER_REVIEW)
    record(term, "review_begun", by=by)
    return term


@transaction.atomic
def continue_term(term: Term, *, end: date | None, by: User | None) -> Term:
    """Let a reviewed pilot go on, until a new end if one is given."""
    term = locked(term)
    advance(term, TermState.RUNNING)
    if end is not None:
        term.end = end
        _refuse_broken_term(term)
        term.save(update_fields=["end"])
        _clip(term)
    record(term, "continued", by=by, end=end.isoformat() if end else None)
    return term


@transaction.atomic
def end_term(term: Term, *, on: date | None = None, decisions: Decisions | None = None, by: User | None) -> Term:
    """End a term and with it everybody's membership, on a day that is today by default and no later.

    ``decisions`` carries each open matter of the body over to the next term, or closes it with a reason. Raises
    ActionRefused for a day before the term's start or still to come, while an open matter has no decision, and when
    one cannot be settled in that way; then nothing is settled.
    """
    locked(term.body)
    term = locked(term)
    day = on or min(term.end or clock.today(), clock.today())
    if day > clock.today():
        raise ActionRefused(_("A term is ended when its last day has come. Change its end date instead."))
    if day < term.start:
        raise ActionRefused(_("A term cannot end before it starts. Check the dates."))
    if Membership.objects.filter(term=term, start__gt=day).exists():
        raise ActionRefused(_("Somebody’s membership starts after that day. Remove it or choose a later day."))
    _settle(term, decisions or {}, by=by)
    advance(term, TermState.ENDED)
    if term.end != day:
        term.end = day
        term.save(update_fields=["end"])
    _clip(term)
    record(term, "ended", by=by, on=day.isoformat())
    return term


def _settle(term: Term, decisions: Decisions, *, by: User | None) -> None:
    """Settle each matter that is open now; what was decided about one that is open no more is left aside."""
    following = next_term(term)
    for source, matters in open_work(term):
        for matter in matters:
            decision = decisions.get((source.key, matter.about))
            if decision is None:
                raise ActionRefused(
                    _("“{matter}” is still open. Carry it over to the next term, or close it with a reason.").format(
                        matter=matter.title
                    )
                )
            if decision.how == Settled.CLOSED and not decision.reason.strip():
                raise ActionRefused(_("Give a reason for closing “{matter}”.").format(matter=matter.title))
            settlement = Settlement(
                term=term,
                source=source.key,
                about=matter.about,
                what=matter.title[:300],
                how=decision.how,
                reason=decision.reason.strip() if decision.how == Settled.CLOSED else "",
                to_term=following if decision.how == Settled.CARRIED else None,
            )
            refuse_invalid(settlement)
            settlement.save(force_insert=True)
            if decision.how == Settled.CLOSED:
                source.close(matter.about, reason=settlement.reason, by=by)
                record(term, "matter_closed", by=by, name=settlement.what, reason=settlement.reason)
            else:
                source.carry_over(matter.about, to=following, by=by)
                record(term, "matter_carried_over", by=by, name=settlement.what)


@transaction.atomic
def constitute_term(term: Term, *, on: date, elected: Mapping[Role, Contact], by: User | None) -> list[Membership]:
    """Note the constitutive meeting and what it elected: the offices begin at once, the convener's rights end.

    Raises ActionRefused for a term that is constituted already, or a day outside it.
    """
    term = locked(term)
    if term.constituted_on is not None:
        raise ActionRefused(_("The constitutive meeting has been noted already."))
    if not term.holds_on(on):
        raise ActionRefused(_("The constitutive meeting is held during the term. Check the date."))
    if Role.CHAIR not in elected:
        raise ActionRefused(_("The constitutive meeting elects a chair. Tell who it is."))
    offices = [
        appoint(term=term, seat=None, contact=contact, role=role, start=on, by=by) for role, contact in elected.items()
    ]
    term.constituted_on = on
    term.save(update_fields=["constituted_on"])
    record(term, "constituted", by=by, on=on.isoformat())
    return offices


def _refuse_broken_seat(seat: Seat) -> None:
    needed = NEEDED.get(seat.represents)
    if needed is not None and getattr(seat, f"{needed}_id") is None:
        what = str(Represents(seat.represents).label).lower()
        raise ActionRefused(_("Choose whom the seat speaks for: {what}.").format(what=what))
    if seat.represents in (Represents.EXPERT, Represents.POST) and not (seat.label_fi or seat.label):
        raise ActionRefused(_("Give the seat a name: nothing else tells what it is."))
    term = seat.term
    for day in (seat.start, seat.end):
        if day is not None and not term.holds_on(day):
            raise ActionRefused(_("The dates of a seat must be within the term {term}.").format(term=term))
    if seat.start is not None and seat.end is not None and seat.end < seat.start:
        raise ActionRefused(_("A seat cannot end before it starts. Check the dates."))
    refuse_invalid(seat)


@transaction.atomic
def add_seat(seat: Seat, *, by: User | None) -> Seat:
    """Add a seat from an unsaved record, last in the order unless a place is told. Raises ActionRefused."""
    locked(seat.term)
    if not seat.position:
        last: int | None = Seat.objects.filter(term_id=seat.term_id).aggregate(last=Max("position"))["last"]
        seat.position = (last or 0) + 1
    _refuse_broken_seat(seat)
    seat.save(force_insert=True)
    record(seat, "added", by=by)
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, by: User | None) -> Seat:
    """Save what was changed in a seat. Raises ActionRefused with what to mend."""
    locked(seat)
    _refuse_broken_seat(seat)
    changes = changed_fields(seat)
    if changes:
        seat.save()
        record(seat, "changed", by=by, fields=changes)
    return seat


@transaction.atomic
def remove_seat(seat: Seat, *, by: User | None) -> None:
    """Remove a seat that nobody has held. Raises ActionRefused otherwise: an old roster keeps its seats."""
    seat = locked(seat)
    if seat.memberships.exists():
        raise ActionRefused(_("Somebody has held this seat. Give it an end date instead of removing it."))
    record(seat.term, "seat_removed", by=by, name=seat.name)
    try:
        seat.delete()
    except ProtectedError as error:
        raise ActionRefused(
            _("“{name}” cannot be removed: other records name it. Give it an end date instead.").format(name=seat)
        ) from error


@transaction.atomic
def copy_seats(source: Term, target: Term, *, by: User | None) -> list[Seat]:
    """Give a planned term the seats that another term of the body had at its end. Raises ActionRefused."""
    target = locked(target)
    if source.body_id != target.body_id:
        raise ActionRefused(_("Seats are copied between terms of the same body."))
    if target.seats.exists():
        raise ActionRefused(_("This term has seats already."))
    copied = []
    for seat in Seat.objects.filter(term=source).in_force(source.end).listed():
        seat.pk = None
        seat.id = Seat._meta.pk.get_default()
        seat.term = target
        seat.start = seat.end = None
        seat._state.adding = True
        seat.save(force_insert=True)
        copied.append(seat)
    record(target, "seats_copied", by=by, count=len(copied))
    return copied


@transaction.atomic
def hand_over_seat(seat: Seat, to: Authority, *, on: date, keep_holders: bool = True, by: User | None) -> Seat:
    """Let a successor take over an authority's seat in mid-term, such as a county that of a joint authority.

    The old seat and the memberships in it end on the day before ``on``; the same people go on in the new seat for the
    successor if ``keep_holders``. Raises ActionRefused for a seat of no authority or a day at the edge of the term.
    """
    seat = locked(seat)
    if seat.represents != Represents.AUTHORITY:
        raise ActionRefused(_("Only the seat of an authority passes to a successor."))
    last_day = on - timedelta(days=1)
    if not (seat.term.holds_on(on) and seat.term.holds_on(last_day)):
        raise ActionRefused(_("The seat passes on during the term {term}. Check the date.").format(term=seat.term))
    holders = list(Membership.objects.filter(seat=seat).in_force(on).select_related("term", "contact"))
    new = Seat(
        term=seat.term,
        represents=Represents.AUTHORITY,
        authority=to,
        is_voting=seat.is_voting,
        by_post=seat.by_post,
        position=seat.position,
        start=on,
    )
    seat.end = last_day
    seat.save(update_fields=["end"])
    add_seat(new, by=by)
    before = {holder.pk: holder.end for holder in holders}
    for holder in holders:
        holder.end = last_day
        holder.save(update_fields=["end"])
    follows: dict[object, Membership] = {}
    if keep_holders:
        for holder in sorted(holders, key=lambda one: one.role == Role.DEPUTY):
            follows[holder.pk] = appoint(
                term=seat.term,
                seat=new,
                contact=holder.contact,
                role=Role(holder.role),
                authority=to,
                deputises_for=follows.get(holder.deputises_for_id),
                start=on,
                end=before[holder.pk],
                by=by,
            )
    record(seat, "handed_over", by=by, to=str(to), on=on.isoformat())
    return new
