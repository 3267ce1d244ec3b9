"""Accounts with which a person tries the demonstration."""

from dataclasses import dataclass

from yhdys.accounts.actions import grant_role
from yhdys.accounts.models import StaffRole, User
from yhdys.demo.loading.people import address_of
from yhdys.demo.loading.store import Store
from yhdys.demo.schema import Account, Content
from yhdys.organisations.actions import link_user
from yhdys.organisations.models import Contact
from yhdys.regions.urls import region_url

NATIONAL_STAFF = (
    ("Hanna Riipinen", "hanna.riipinen@example.org", "administrator"),
    ("Ilmari Saarto", "ilmari.saarto@example.org", "observer"),
)
"""The national programme's own staff: name, address, role."""

TOLD_AS = {
    "secretary": "secretary of the council",
    "communications": "communications officer",
    "member": "member of the council",
    "administrator": "administrator (sets up a second factor at the first sign-in)",
    "observer": "observer",
}
"""How a role is told in the list of accounts."""


@dataclass(frozen=True)
class DemoAccount:
    """One line of the list that a person gets to try the demonstration with."""

    url: str
    email: str
    role: str


def load(content: Content, store: Store, password: str) -> list[DemoAccount]:
    """The region's accounts, all with the same password. Members and officers get their rights from their seats."""
    people = {person.key: person.name for person in content.organisations.people}
    return [_account(told, people, store, password) for told in content.council.accounts]


def load_national(password: str) -> list[DemoAccount]:
    """The national programme's staff, on the national site."""
    return [_told(_staff(name, email, role, password), role) for name, email, role in NATIONAL_STAFF]


def _account(told: Account, people: dict[str, str], store: Store, password: str) -> DemoAccount:
    if not told.person:
        return _told(_staff(told.name, told.email, told.role, password), told.role)
    name = people[told.person]
    user = _user(name, address_of(name), password)

    def link() -> Contact:
        return link_user(store.get(Contact, f"person/{told.person}"), user, by=None)

    store.once(f"account/{told.person}", link)
    return _told(user, told.role)


def _staff(name: str, email: str, role: str, password: str) -> User:
    user = _user(name, email, password)
    if not StaffRole.objects.filter(user=user, role=role).exists():
        grant_role(user, StaffRole.Role(role), by=None)
    return user


def _user(name: str, email: str, password: str) -> User:
    """The user with this password: made, or given it when another one was wished before."""
    user: User | None = User.objects.filter(email=email).first()
    if user is None:
        made: User = User.objects.create_user(email, password, name=name)
        return made
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _told(user: User, role: str) -> DemoAccount:
    return DemoAccount(url=region_url("account_login", language="fi"), email=user.email, role=TOLD_AS[role])
