"""Organisations of the region and the invented people who act for them."""

from functools import partial

from yhdys.demo.loading.people import address_of
from yhdys.demo.loading.store import Store
from yhdys.demo.loading.texts import flowing_columns
from yhdys.demo.schema import Organisation as ToldOrganisation
from yhdys.demo.schema import Organisations, Person
from yhdys.keywords.models import Sector
from yhdys.organisations.actions import add_contact, add_organisation, give_consent
from yhdys.organisations.enums import ConsentSource
from yhdys.organisations.models import Contact, Organisation
from yhdys.places.models import Municipality


def load(told: Organisations, store: Store) -> None:
    """The directory and the people. Consents to publish an address or a number are noted as given on a form."""
    municipalities = {place.name_fi: place.pk for place in Municipality.objects.all()}
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    for organisation in told.organisations:
        store.once(
            f"organisation/{organisation.key}",
            partial(_organisation, organisation, municipalities[organisation.municipality], sectors),
        )
    for person in told.people:
        store.once(f"person/{person.key}", partial(_person, person, store))


def _organisation(told: ToldOrganisation, municipality: str, sectors: dict[str, Sector]) -> Organisation:
    return add_organisation(
        Organisation(
            **told.name.columns("name"),
            **flowing_columns(told.description, "description"),
            reach=told.reach,
            municipality_id=municipality,
            website=told.website,
            email=told.email,
        ),
        sectors=[sectors[code] for code in told.sectors],
        by=None,
    )


def _person(told: Person, store: Store) -> Contact:
    organisation = store.get(Organisation, f"organisation/{told.organisation}") if told.organisation else None
    contact = add_contact(
        Contact(
            name=told.name,
            **told.title.columns("title"),
            organisation=organisation,
            email=address_of(told.name),
            phone=told.phone,
        ),
        by=None,
    )
    for field in told.publish:
        give_consent(contact, field, source=ConsentSource.FORM, by=None)
    return contact
