"""The same questions for every permission of the directory."""

from django.contrib.auth.models import AnonymousUser
from tests.factories.councils import BodyFactory
from tests.factories.organisations import ContactFactory, OrganisationFactory
from tests.factories.people import allowed_to, everybody, in_body, user

from yhdys.core import access
from yhdys.councils.enums import Role
from yhdys.organisations.models import Contact, Organisation
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

ALL = {"administrator", "editor", "observer", "committee", "elsewhere"} | {str(role.value) for role in Role}
STAFF = {"administrator", "editor", "observer"}
KEEPERS = {"administrator", "editor", "secretary", "communications", "elsewhere"}
"""``elsewhere`` is the secretary of another body of the region."""


def subject(permission: str) -> Organisation | Contact:
    """A record of the kind that the permission is about, which none of the positions belongs to."""
    organisation: Organisation = OrganisationFactory()
    if permission.endswith(("organisation", "organisations", "add_contact")):
        return organisation
    contact: Contact = ContactFactory(organisation=organisation)
    return contact


def assert_allowed(permission: str, expected: set[str], *, past: set[str], colleague: bool, oneself: bool) -> None:
    """Exactly these positions; those who were (``past``); somebody of the same organisation; the person themself."""
    record = subject(permission)
    assert allowed_to(everybody(BodyFactory()), permission, record) == expected
    for phase in ("past", "future"):
        assert allowed_to(everybody(BodyFactory(), phase), permission, record) == past
    organisation = record if isinstance(record, Organisation) else record.organisation
    near = user()
    ContactFactory(user=near, organisation=organisation)
    assert access.allowed(near, permission, record) is colleague
    far = user()
    ContactFactory(user=far, organisation=OrganisationFactory())
    assert access.allowed(far, permission, record) is ("view_organisation" in permission)
    if isinstance(record, Contact):
        record.user = user()
        record.save()
        assert access.allowed(record.user, permission, record) is oneself


def assert_nothing_for_strangers(permission: str, kainuu: Region, lappi: Region) -> None:
    """Another region's secretary, somebody not signed in, a closed account, and a record that is missing."""
    with in_region(lappi):
        stranger = in_body(BodyFactory(), Role.SECRETARY)
    with in_region(kainuu):
        record = subject(permission)
        closed = in_body(BodyFactory(), Role.SECRETARY)
        assert not access.allowed(stranger, permission, record)
        assert not access.allowed(AnonymousUser(), permission, record)
        assert access.allowed(closed, permission, record)
        assert not access.allowed(closed, permission, None)
        closed.is_active = False
        assert not access.allowed(closed, permission, record)
