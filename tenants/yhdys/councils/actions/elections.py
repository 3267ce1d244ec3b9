"""What a recorded election does to a council, and how it is taken back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked
from yhdys.councils.actions.members import appoint, end_membership
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership, Term
from yhdys.organisations.models import Contact


@dataclass(frozen=True)
class Elected:
    """What an election changed."""

    membership: Membership
    is_new: bool
    """False for somebody who was re-elected: the office goes on as it was."""
    former: Membership | None = None
    """Whose office ended the day before."""
    former_end: date | None = None
    """Until when that would have lasted; None with a former holder means an open end."""


@transaction.atomic
def elect(*, term: Term, role: Role, contact: Contact, on: date, by: User | None) -> Elected:
    """Let somebody hold an office from a day to the end of the term; the former holder's ends on the day before.

    Raises ActionRefused for a day outside the term, and when somebody got the office on that very day or gets it later.
    """
    locked(term.body)
    in_office = Membership.objects.filter(body=term.body_id, role=role).in_force(on)
    holder = in_office.select_related("contact", "term").first()
    if holder is None:
        return Elected(_appointed(term, role, contact, on, by), is_new=True)
    if holder.contact_id == contact.pk and holder.term_id == term.pk:
        return Elected(holder, is_new=False)
    if holder.start >= on:
        raise ActionRefused(
            _("{person} became the {role} on that very day. Undo that election first.").format(
                person=holder.contact, role=str(role.label).lower()
            )
        )
    until = holder.end
    end_membership(holder, on=on - timedelta(days=1), by=by)
    return Elected(_appointed(term, role, contact, on, by), is_new=True, former=holder, former_end=until)


def _appointed(term: Term, role: Role, contact: Contact, on: date, by: User | None) -> Membership:
    return appoint(term=term, seat=None, contact=contact, role=role, start=on, by=by)


@transaction.atomic
def take_back_election(elected: Elected, *, by: User | None) -> None:
    """Undo what an election changed: the new office goes, the former holder's lasts as long as it did before.

    Raises ActionRefused when somebody has come to the office after, or other records rest on the membership.
    """
    if not elected.is_new:
        return
    body = locked(elected.membership.body)
    membership = locked(elected.membership)
    role = Role(membership.role)
    later = Membership.objects.filter(body=body, role=role, start__gt=membership.start).exclude(pk=membership.pk)
    if (other := later.select_related("contact").order_by("start").first()) is not None:
        raise ActionRefused(
            _("{person} has become the {role} since. Undo that first.").format(
                person=other.contact, role=str(role.label).lower()
            )
        )
    last_day = membership.start - timedelta(days=1)
    record(body, "election_taken_back", by=by, role=role.value, name=str(membership.contact))
    try:
        membership.delete()
    except ProtectedError as error:
        raise ActionRefused(
            _("“{name}” cannot be removed: other records name it. Give it an end date instead.").format(name=membership)
        ) from error
    if elected.former is not None:
        former = locked(elected.former)
        if former.end == last_day:
            former.end = elected.former_end
            former.save(update_fields=["end"])


@transaction.atomic
def note_constitution(term: Term, *, on: date, by: User | None) -> bool:
    """Note that the constitutive meeting was held, which ends the convener's rights. Returns whether it was new."""
    term = locked(term)
    if term.constituted_on is not None:
        return False
    term.constituted_on = on
    term.save(update_fields=["constituted_on"])
    record(term, "constituted", by=by, on=on.isoformat())
    return True


@transaction.atomic
def take_back_constitution(term: Term, *, by: User | None) -> None:
    """Note that the constitutive meeting is not over after all: the convener has the secretary's rights again."""
    term = locked(term)
    if term.constituted_on is not None:
        term.constituted_on = None
        term.save(update_fields=["constituted_on"])
        record(term, "constitution_taken_back", by=by)
