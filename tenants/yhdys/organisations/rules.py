"""Who may see and change organisations and the people who act for them.

Rights that come from sitting in a council belong to a higher app, which registers them here as *keepers*: secretaries
and communications officers keep the directory besides the region's own staff.
"""

from typing import Any

from yhdys.accounts.models import User
from yhdys.accounts.rules import is_administrator, is_editor, is_observer
from yhdys.core.access import Predicate, add_perm, predicate
from yhdys.organisations.models import Consent, Contact, Organisation

_keepers: list[Predicate] = []
_readers: list[Predicate] = []


def keeper(who: Predicate) -> Predicate:
    """Register who keeps the whole directory of organisations and contacts, besides the staff."""
    _keepers.append(who)
    return who


def reader(who: Predicate) -> Predicate:
    """Register who reads the directory of organisations in the workspace, besides staff and contacts."""
    _readers.append(who)
    return who


def _own_contact(user: Any) -> Contact | None:
    """The contact that the user is, if any; kept with the instance of the user for the time of a request."""
    if not isinstance(user, User):
        return None
    return Contact.objects.filter(user_id=user.pk, user__is_active=True).first()


@predicate
def is_keeper(user: Any, obj: Any) -> bool:
    """Somebody who keeps the directory by a role in a council."""
    return obj is not None and any(who(user, obj) for who in _keepers)


@predicate
def is_reader(user: Any, obj: Any) -> bool:
    """Somebody who reads the directory by a role in a council."""
    return obj is not None and any(who(user, obj) for who in _readers)


@predicate
def is_contact(user: Any, obj: Any) -> bool:
    """Somebody who acts for some organisation or authority of the region."""
    return obj is not None and _own_contact(user) is not None


@predicate
def is_contact_of(user: Any, obj: Any) -> bool:
    """Somebody who acts for this organisation, or for the organisation of this contact, while it is active."""
    organisation = obj if isinstance(obj, Organisation) else getattr(obj, "organisation", None)
    own = _own_contact(user)
    return (
        isinstance(organisation, Organisation)
        and own is not None
        and own.organisation_id == organisation.pk
        and organisation.is_active
    )


@predicate
def is_this_contact(user: Any, obj: Any) -> bool:
    """The contact, or the consent's contact, is the user."""
    contact = obj.contact if isinstance(obj, Consent) else obj
    return isinstance(contact, Contact) and contact.user_id is not None and contact.user_id == getattr(user, "pk", None)


keeps = is_editor | is_keeper

add_perm("organisations.view_organisations", is_observer | is_keeper | is_reader | is_contact)
add_perm("organisations.view_organisation", is_observer | is_keeper | is_reader | is_contact)
add_perm("organisations.add_organisation", keeps)
add_perm("organisations.change_organisation", keeps | is_contact_of)
add_perm("organisations.view_contacts", is_observer | is_keeper)
add_perm("organisations.view_contact", is_observer | is_keeper | is_this_contact | is_contact_of)
add_perm("organisations.add_contact", keeps | is_contact_of)
add_perm("organisations.change_contact", keeps | is_this_contact | is_contact_of)
add_perm("organisations.change_consent", keeps | is_this_contact)
add_perm("organisations.invite_contact", is_administrator | is_keeper)
