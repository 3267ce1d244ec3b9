"""Nomination calls for tests; call them inside a region's context."""

from datetime import timedelta
from typing import Any

import factory
from tests.factories.councils import SeatFactory, TermFactory

from yhdys.core import clock
from yhdys.councils.enums import Appointing
from yhdys.councils.models import Seat, Term
from yhdys.nominations.actions import Names, Person, invite, open_call
from yhdys.nominations.models import CallInvitation, NominationCall

AINO = Person("Aino Aalto", "aino.aalto@example.org", "040 000 0001", "woman", publishes_email=True)
EERO = Person("Eero Eskola", "eero.eskola@example.org", gender="man")


class CallFactory(factory.django.DjangoModelFactory[NominationCall]):
    """A draft of an invited call whose answers are due in two weeks."""

    class Meta:
        model = NominationCall

    term = factory.SubFactory(TermFactory)
    order = Appointing.BY_POST
    slug = factory.Sequence(lambda n: f"koepyynto-{n}")
    text_fi = "Nimetkää jäsen ja varajäsen."
    opens_on = factory.LazyFunction(clock.today)
    deadline = factory.LazyFunction(lambda: clock.today() + timedelta(days=14))


def seat_of(term: Term, **more: Any) -> Seat:
    """A seat of the term, of an organisation that can be written to."""
    seat: Seat = SeatFactory(term=term, **more)
    if seat.organisation is not None and not seat.organisation.email:
        seat.organisation.email = f"{seat.organisation.slug}@example.org"
        seat.organisation.save()
    return seat


def prepared_call(*, seats: int = 1, **more: Any) -> NominationCall:
    """A draft for so many seats, with each seat's organisation on the list."""
    call: NominationCall = CallFactory(**more)
    call.seats.set([seat_of(call.term) for _number in range(seats)])
    for seat in call.asked_seats:
        invite(call, seats=[seat], organisation=seat.organisation, by=None)
    return call


def opened_call(*, seats: int = 1, **more: Any) -> NominationCall:
    """The same, opened."""
    return open_call(prepared_call(seats=seats, **more), by=None)


def invitations_of(call: NominationCall) -> list[CallInvitation]:
    """Who is asked, in the order of the seats."""
    return sorted(call.invitations.listed(), key=lambda one: one.seats.all()[0].position)


def names_for(invitation: CallInvitation, member: Person | None = AINO, deputy: Person | None = EERO) -> list[Names]:
    """A member and a deputy for each of the seats asked."""
    return [Names(seat, member, deputy) for seat in invitation.seats.all()]
