"""What is done to organisations, to people and to their consents."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.accounts.actions import invite_user
from yhdys.accounts.models import User
from yhdys.audit.actions import put_back, record, record_restored
from yhdys.audit.models import Past
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import changed_fields, free_slug, locked, refuse_invalid
from yhdys.keywords.models import Sector
from yhdys.organisations.enums import ConsentField, ConsentSource, Reach
from yhdys.organisations.models import Consent, Contact, Organisation

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
RESTORED = {
    Organisation: (
        *(f"{name}_{code}" for name in ("name", "description") for code in LANGUAGES),
        *("short_name", "business_id", "register_number", "reach", "municipality", "website", "email", "phone"),
        *("active_from", "active_until"),
    ),
    Contact: ("name", *(f"title_{code}" for code in LANGUAGES), "role_email", "email", "phone"),
}
"""What of an earlier version can be put back."""


def _refuse_broken(organisation: Organisation) -> None:
    if organisation.reach == Reach.LOCAL and organisation.municipality_id is None:
        raise ActionRefused(_("Choose the municipality of an organisation that works in one municipality."))
    begins, ends = organisation.active_from, organisation.active_until
    if begins is not None and ends is not None and ends < begins:
        raise ActionRefused(_("An organisation cannot end before it begins. Check the dates."))
    if organisation.business_id:
        same = Organisation.objects.filter(business_id=organisation.business_id).exclude(pk=organisation.pk).first()
        if same is not None:
            raise ActionRefused(
                _("The business ID {number} belongs to “{name}” already. Open that organisation instead.").format(
                    number=organisation.business_id, name=same.name
                )
            )
    refuse_invalid(organisation)


@transaction.atomic
def add_organisation(organisation: Organisation, *, sectors: Iterable[Sector] = (), by: User | None) -> Organisation:
    """Add an unsaved organisation to the region's directory. Raises ActionRefused with what to mend."""
    organisation.slug = organisation.slug or free_slug(Organisation, organisation.name_fi or organisation.name)
    _refuse_broken(organisation)
    organisation.save(force_insert=True)
    organisation.sectors.set(sectors)
    record(organisation, "added", by=by)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, sectors: Iterable[Sector] | None = None, by: User | None
) -> Organisation:
    """Save what was changed in an organisation; ``sectors`` only if given. Raises ActionRefused with what to mend."""
    locked(organisation)
    _refuse_broken(organisation)
    changes = changed_fields(organisation)
    if sectors is not None:
        wanted = list(sectors)
        if {one.pk for one in wanted} != set(organisation.sectors.values_list("pk", flat=True)):
            organisation.sectors.set(wanted)
            changes.append("sectors")
    if changes:
        organisation.save()
        record(organisation, "changed", by=by, fields=changes)
    return organisation


@transaction.atomic
def restore_organisation(organisation: Organisation, version: Past, *, by: User | None) -> Organisation:
    """Put back an earlier version of an organisation's details, as a change of today. Raises ActionRefused."""
    organisation = locked(organisation)
    put_back(organisation, version, RESTORED[Organisation])
    change_organisation(organisation, by=by)
    record_restored(organisation, version, by=by)
    return organisation


@transaction.atomic
def close_organisation(organisation: Organisation, *, on: date, by: User | None) -> Organisation:
    """Note an organisation's last day. It stays where rosters and minutes name it."""
    organisation = locked(organisation)
    organisation.active_until = on
    _refuse_broken(organisation)
    organisation.save(update_fields=["active_until"])
    record(organisation, "closed", by=by, on=on.isoformat())
    return organisation


@transaction.atomic
def add_contact(contact: Contact, *, by: User | None) -> Contact:
    """Add an unsaved person. Raises ActionRefused with what to mend."""
    refuse_invalid(contact)
    contact.save(force_insert=True)
    record(contact, "added", by=by)
    return contact


@transaction.atomic
def change_contact(contact: Contact, *, by: User | None) -> Contact:
    """Save what was changed in a person's card.

    A consent is about what the person then had: when the address, the number or the photograph changes, its consent
    ends, and is asked anew. Raises ActionRefused with what to mend.
    """
    locked(contact)
    refuse_invalid(contact)
    changes = changed_fields(contact)
    if changes:
        contact.save()
        record(contact, "changed", by=by, fields=changes)
        for field in ConsentField:
            if field in changes and contact.publishes(field):
                withdraw_consent(contact, field, source=ConsentSource.CHANGED, by=by)
    return contact


@transaction.atomic
def restore_contact(contact: Contact, version: Past, *, by: User | None) -> Contact:
    """Put back an earlier version of a person's card, as a change of today. Raises ActionRefused."""
    contact = locked(contact)
    put_back(contact, version, RESTORED[Contact])
    change_contact(contact, by=by)
    record_restored(contact, version, by=by)
    return contact


@transaction.atomic
def give_consent(
    contact: Contact, field: ConsentField, *, source: ConsentSource, on: date | None = None, by: User | None
) -> Consent:
    """Note that the person lets this be published. Raises ActionRefused when there is nothing to publish, when the
    day is still to come, or when a consent is in force already.
    """
    contact = locked(contact)
    day = on or clock.today()
    if not getattr(contact, field.value):
        raise ActionRefused(_("Nothing to publish yet: fill in “{what}” first.").format(what=str(field.label).lower()))
    if day > clock.today():
        raise ActionRefused(_("A consent cannot be given on a day that is still to come."))
    if Consent.objects.filter(contact=contact, field=field, withdrawn_on=None).exists():
        raise ActionRefused(_("There is a consent to this already."))
    if Consent.objects.filter(contact=contact, field=field, withdrawn_on__gt=day).exists():
        raise ActionRefused(_("An earlier consent to this ended after that day. Check the date."))
    consent = Consent.objects.create(contact=contact, field=field, given_on=day, source=source, recorded_by=by)
    record(contact, "consent_given", by=by, field=field.value, on=day.isoformat())
    return consent


@transaction.atomic
def withdraw_consent(
    contact: Contact, field: ConsentField, *, source: ConsentSource, on: date | None = None, by: User | None
) -> Consent:
    """End a consent: the thing leaves public pages at once; minutes and rosters stay as they are (law.md 10).

    Raises ActionRefused when there is no consent, or the day is before its giving or still to come.
    """
    day = on or clock.today()
    consent = Consent.objects.select_for_update().filter(contact=contact, field=field, withdrawn_on=None).first()
    if consent is None:
        raise ActionRefused(_("There is no consent to withdraw."))
    if not consent.given_on <= day <= clock.today():
        raise ActionRefused(_("The day of withdrawal must be between the giving of the consent and today."))
    consent.withdrawn_on = day
    consent.withdrawal_source = source
    consent.save(update_fields=["withdrawn_on", "withdrawal_source"])
    record(contact, "consent_withdrawn", by=by, field=field.value, on=day.isoformat())
    return consent


@transaction.atomic
def link_user(contact: Contact, user: User | None, *, by: User | None) -> Contact:
    """Say which user a person is, so that the person's roles become the user's rights; None takes the tie away.

    Raises ActionRefused when the user is somebody else already.
    """
    contact = locked(contact)
    if user is not None:
        other = Contact.objects.filter(user=user).exclude(pk=contact.pk).first()
        if other is not None:
            raise ActionRefused(
                _("The user “{user}” is {person} already. One person has one card.").format(user=user, person=other)
            )
    contact.user = user
    contact.save(update_fields=["user"])
    record(contact, "user_linked" if user is not None else "user_unlinked", by=by)
    return contact


@transaction.atomic
def invite_contact(contact: Contact, *, language: str = "fi", by: User) -> Contact:
    """Give a person an account, so that they sign in and their memberships become rights.

    The letter goes to the personal address, which only its owner reads; the post's comes second. Refuses without an
    address, when there is an account already, and when the address belongs to a user that is nobody's card yet: whose
    it is, an administrator decides.
    """
    contact = locked(contact)
    if contact.user_id is not None:
        raise ActionRefused(_("{person} has an account already.").format(person=contact.name))
    address = contact.email or contact.role_email
    if not address:
        raise ActionRefused(_("Add an e-mail address to the person’s card first: the invitation is sent there."))
    return link_user(contact, invite_user(email=address, name=contact.name, language=language, by=by), by=by)
