"""Councils for tests; call them inside a region's context."""

from datetime import date

import factory
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.councils.enums import AuthorityKind, BodyKind, LegalStanding, Represents, Role, TermState
from yhdys.councils.models import Authority, Body, Membership, Seat, Term


class AuthorityFactory(factory.django.DjangoModelFactory[Authority]):
    class Meta:
        model = Authority

    name_fi = factory.Sequence(lambda n: f"Koeviranomainen {n}")
    kind = AuthorityKind.OTHER


class BodyFactory(factory.django.DjangoModelFactory[Body]):
    class Meta:
        model = Body

    kind = BodyKind.REGIONAL_COUNCIL
    name_fi = factory.Sequence(lambda n: f"Koeneuvottelukunta {n}")
    slug = factory.Sequence(lambda n: f"koeneuvottelukunta-{n}")
    legal_standing = LegalStanding.COOPERATION


class TermFactory(factory.django.DjangoModelFactory[Term]):
    class Meta:
        model = Term

    body = factory.SubFactory(BodyFactory)
    start = date(2026, 1, 1)
    end = date(2027, 12, 31)
    state = TermState.RUNNING


class SeatFactory(factory.django.DjangoModelFactory[Seat]):
    class Meta:
        model = Seat

    term = factory.SubFactory(TermFactory)
    represents = Represents.ORGANISATION
    organisation = factory.SubFactory(OrganisationFactory)
    position = factory.Sequence(int)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A member in a seat of an own; give ``seat=None`` and a role for an officer."""

    class Meta:
        model = Membership

    body = factory.SelfAttribute("term.body")
    term = factory.SelfAttribute("seat.term")
    seat = factory.SubFactory(SeatFactory)
    contact = factory.SubFactory(ContactFactory)
    role = Role.MEMBER
    start = factory.SelfAttribute("term.start")
