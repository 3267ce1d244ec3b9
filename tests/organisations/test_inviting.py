"""A person of the directory becomes a user."""

import pytest
from tests.factories.accounts import UserFactory, user_with_role
from tests.factories.organisations import ContactFactory

from yhdys.accounts.models import User
from yhdys.core import access
from yhdys.core.errors import ActionRefused
from yhdys.mail.models import OutgoingMail
from yhdys.organisations.actions import invite_contact, link_user

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture
def boss() -> User:
    return user_with_role("administrator")


def test_the_invitation_goes_to_the_person_and_the_account_is_theirs(boss: User) -> None:
    contact = ContactFactory.create(name="Aino Ahven", email="aino@example.org", role_email="toimisto@example.org")
    invite_contact(contact, by=boss)
    contact.refresh_from_db()
    assert (contact.user.email, contact.user.name) == ("aino@example.org", "Aino Ahven")
    assert OutgoingMail.objects.get().to == ["aino@example.org"]


def test_a_person_without_an_address_of_their_own_is_invited_at_the_post_s(boss: User) -> None:
    contact = ContactFactory.create(email="", role_email="sihteeri@example.org")
    assert invite_contact(contact, by=boss).user.email == "sihteeri@example.org"


def test_a_person_without_any_address_cannot_be_invited(boss: User) -> None:
    with pytest.raises(ActionRefused, match="e-mail address"):
        invite_contact(ContactFactory.create(email="", role_email=""), by=boss)


def test_who_has_an_account_is_not_invited_again(boss: User) -> None:
    contact = link_user(ContactFactory.create(), UserFactory.create(), by=boss)
    with pytest.raises(ActionRefused, match="account already"):
        invite_contact(contact, by=boss)


def test_an_address_of_another_user_is_not_taken_over(boss: User) -> None:
    UserFactory.create(email="aino@example.org")
    contact = ContactFactory.create(email="aino@example.org")
    with pytest.raises(ActionRefused, match="account already"):
        invite_contact(contact, by=boss)
    contact.refresh_from_db()
    assert contact.user is None


@pytest.mark.parametrize(
    ("role", "may"), [("administrator", True), ("editor", False), ("observer", False), (None, False)]
)
def test_who_may_invite(role: str | None, may: bool) -> None:
    contact = ContactFactory.create()
    assert access.allowed(user_with_role(role), "organisations.invite_contact", contact) is may
    own = UserFactory.create()
    link_user(contact, own, by=None)
    assert not access.allowed(own, "organisations.invite_contact", contact)
