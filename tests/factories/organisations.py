"""Organisations and people for tests; call them inside a region's context."""

import factory

from yhdys.organisations.models import Contact, Organisation


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name_fi = factory.Sequence(lambda n: f"Koeyhdistys {n} ry")
    slug = factory.Sequence(lambda n: f"koeyhdistys-{n}")


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    name = factory.Sequence(lambda n: f"Aino Koe{n}")
    role_email = factory.Sequence(lambda n: f"koe{n}@example.org")
