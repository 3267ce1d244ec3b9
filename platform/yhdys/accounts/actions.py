"""What is done to users and staff roles. Every change leaves an audit row; a refusal says what to do instead."""

from datetime import date, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _
from requests import RequestException

from yhdys.accounts.identity import discover
from yhdys.accounts.models import IdentityProvider, Session, StaffRole, User
from yhdys.accounts.queries import INVITATION, LONGEST_ADDRESS, erased_on, forget_roles
from yhdys.accounts.signals import account_closed
from yhdys.audit.actions import record
from yhdys.audit.personal_data import blank_past_of
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import changed_fields, free_slug, locked, locked_if_there
from yhdys.mail import actions as mail
from yhdys.mail.letters import write
from yhdys.regions.urls import region_url
from yhdys.tenancy import links
from yhdys.tenancy.models import ActionLink

INVITATION_HOLDS = timedelta(days=14)


@transaction.atomic
def invite_user(
    *,
    email: str,
    name: str,
    language: str = "fi",
    role: str = "",
    start: date | None = None,
    end: date | None = None,
    by: User | None,
) -> User:
    """Make an account for somebody and send them a link to begin with, and with ``role`` a staff role for a time.

    Refuses an address that cannot be one, an address that has an account already, and dates of a role that no role
    can have; then nothing is made and nothing is sent.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST_ADDRESS)(email)
    except ValidationError as error:
        raise ActionRefused(_("“{email}” is not an e-mail address.").format(email=email)) from error
    if User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email).exists():
        raise ActionRefused(_("{email} has an account already. Find it in the list of users.").format(email=email))
    user = User.objects.create_user(email, name=name.strip(), language=language, confirmed=False)
    record(user, "invited", by=by)
    if role:
        grant_role(user, role, start=start, end=end, by=by)
    _send_invitation(user, by)
    return user


@transaction.atomic
def invite_again(user: User, *, by: User) -> None:
    """Send a new link; the earlier one stops working. Refuses who has begun already, and a closed account."""
    user = locked(user)
    if not user.is_active:
        raise ActionRefused(_("The account is closed. Open it first."))
    if user.last_login is not None:
        raise ActionRefused(_("{name} has signed in already and needs no invitation.").format(name=user.name))
    links.revoke(INVITATION, user)
    record(user, "invited_again", by=by)
    _send_invitation(user, by)


@transaction.atomic
def withdraw_invitation(user: User, *, by: User) -> None:
    """Take an invitation back: its link opens nothing, and the account that nobody has used is gone.

    Refuses who has begun already: an account that is used is closed.
    """
    user = locked(user)
    if user.last_login is not None:
        raise ActionRefused(_("{name} has signed in already. Close the account instead.").format(name=user.name))
    record(user, "invitation_withdrawn", by=by)
    links.revoke(INVITATION, user)
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError as error:
        raise ActionRefused(
            _("{name} is named in other records. Close the account instead.").format(name=user.name)
        ) from error


def _send_invitation(user: User, by: User | None) -> None:
    expires_at = clock.now() + INVITATION_HOLDS
    token = links.issue(purpose=INVITATION, target=user, expires_at=expires_at)
    letter = write(
        "accounts/mail/invitation",
        {
            "name": user.name,
            "inviter": by.name if by else "",
            "expires_at": expires_at,
            "action_url": region_url("account_invitation", token=token, language=user.language),
            "action_label": _("Open the workspace"),
        },
        language=user.language,
    )
    mail.send(to=[user.email], purpose=INVITATION, regarding=user, confidential=True, **letter.words)


@transaction.atomic
def accept_invitation(link: ActionLink, *, password: str | None = None) -> User:
    """Let the receiver of an invitation in: the address is theirs. With ``password`` they may sign in by it later.

    The link works once. Refuses when it has been used or revoked meanwhile, when the account is closed, and a
    password that is too weak.
    """
    fresh = locked_if_there(link)
    user: User | None = User.objects.select_for_update().filter(pk=link.target_id).first()
    if fresh is None or fresh.revoked_at is not None or user is None or not user.is_active:
        raise ActionRefused(_("This invitation is no longer good. Ask an administrator of your region for a new one."))
    if password:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise ActionRefused(" ".join(error.messages)) from error
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
    links.mark_used(fresh)
    links.revoke(INVITATION, user)
    record(user, "invitation_accepted", by=user)
    return user


@transaction.atomic
def change_profile(user: User, *, name: str, language: str, by: User) -> User:
    """Change what others call the user and in which language letters come."""
    changed = [field for field, value in (("name", name), ("language", language)) if getattr(user, field) != value]
    user.name, user.language = name, language
    if changed:
        user.save(update_fields=changed)
        record(user, "profile_changed", by=by, fields=changed)
    return user


@transaction.atomic
def grant_role(
    user: User, role: str, *, start: date | None = None, end: date | None = None, by: User | None
) -> StaffRole:
    """Make the user an administrator, editor or observer for a time (Finnish dates, both included).

    Refuses an end before the start, and a role that the user holds at the same time already.
    """
    user = locked(user)
    if not user.is_active:
        raise ActionRefused(_("The account is closed. Open it first."))
    if start and end and end < start:
        raise ActionRefused(_("The last day cannot be before the first."))
    held = StaffRole.objects.filter(user=user, role=role)
    if start:
        held = held.filter(Q(end=None) | Q(end__gte=start))
    if end:
        held = held.filter(Q(start=None) | Q(start__lte=end))
    if held.exists():
        raise ActionRefused(
            _("{name} has this role at that time already. End the earlier one first.").format(name=user.name)
        )
    granted = StaffRole.objects.create(user=user, role=role, start=start, end=end, granted_by=by)
    record(user, "role_granted", by=by, role=role, start=_iso(start), end=_iso(end))
    forget_roles(user)
    return granted


@transaction.atomic
def end_role(staff_role: StaffRole, *, last_day: date, by: User) -> StaffRole:
    """Let a role end with ``last_day`` (a Finnish date); a day before its start takes it back altogether.

    Refuses to leave the region without an administrator, and a role that is over already.
    """
    list(StaffRole.objects.select_for_update().filter(role=staff_role.role))
    staff_role = locked(staff_role)
    if staff_role.is_over:
        raise ActionRefused(_("The role has ended already."))
    if staff_role.role == StaffRole.Role.ADMINISTRATOR:
        _keep_an_administrator(without_role=staff_role, after=last_day)
    user = staff_role.user
    record(user, "role_ended", by=by, role=staff_role.role, last_day=_iso(last_day))
    if staff_role.start and last_day < staff_role.start:
        staff_role.delete()
    else:
        staff_role.end = last_day
        staff_role.save(update_fields=["end"])
    forget_roles(user)
    return staff_role


@transaction.atomic
def close_account(user: User, *, by: User) -> User:
    """Let the user sign in no more and end what is open. What they have done stays under their name.

    Refuses one's own account and the last administrator's.
    """
    list(StaffRole.objects.select_for_update().filter(role=StaffRole.Role.ADMINISTRATOR))
    user = locked(user)
    if user.pk == by.pk:
        raise ActionRefused(_("You cannot close your own account. Ask another administrator."))
    if not user.is_active:
        raise ActionRefused(_("The account is closed already."))
    _keep_an_administrator(without_user=user, after=clock.today())
    _close(user, by)
    record(user, "account_closed", by=by)
    return user


@transaction.atomic
def leave(user: User) -> User:
    """Close one's own account. It can be opened again until it is erased; the person is told so by mail.

    Refuses the last administrator.
    """
    list(StaffRole.objects.select_for_update().filter(role=StaffRole.Role.ADMINISTRATOR))
    user = locked(user)
    _keep_an_administrator(without_user=user, after=clock.today())
    _close(user, user)
    record(user, "account_left", by=user)
    letter = write("accounts/mail/left", {"erased_on": erased_on(user)}, language=user.language)
    mail.send(to=[user.email], purpose="accounts.notice", regarding=user, **letter.words)
    return user


def _close(user: User, by: User) -> None:
    user.is_active = False
    user.closed_at = clock.now()
    user.session_generation += 1
    user.save(update_fields=["is_active", "closed_at", "session_generation"])
    Session.objects.filter(user=user).delete()
    links.revoke(INVITATION, user)
    account_closed.send(User, user=user, by=by)


@transaction.atomic
def open_account(user: User, *, by: User) -> User:
    """Let the user of a closed account sign in again."""
    user = locked(user)
    if user.is_active:
        raise ActionRefused(_("The account is open already."))
    if user.erased_at is not None:
        raise ActionRefused(_("The account has been erased. Invite the person anew."))
    user.is_active, user.closed_at = True, None
    user.save(update_fields=["is_active", "closed_at"])
    record(user, "account_opened", by=by)
    return user


@transaction.atomic
def remove_second_factors(user: User, *, by: User) -> None:
    """Help somebody who lost the phone and the recovery codes; they are told by mail and signed out everywhere.

    Refuses one's own: for those there are the account's own pages.
    """
    if user.pk == by.pk:
        raise ActionRefused(_("Your own second factors are changed on your own account’s page."))
    removed, _each = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise ActionRefused(_("{name} has no second factor.").format(name=user.name))
    _end_sessions(user)
    record(user, "second_factors_removed", by=by)
    letter = write("accounts/mail/factors_removed", {"administrator": by.name}, language=user.language)
    mail.send(to=[user.email], purpose="accounts.notice", regarding=user, **letter.words)


@transaction.atomic
def erase_account(user: User) -> None:
    """Forget who the user of a closed account was. What they did stays, by somebody without a name.

    The audit trail keeps the names of those who acted as long as the records it tells of. Refuses an open account.
    """
    user = locked(user)
    if user.is_active:
        raise ActionRefused(_("Only a closed account is erased."))
    for kept in (EmailAddress, Authenticator, SocialAccount, Session):
        kept.objects.filter(user=user).delete()
    user.name, user.email, user.erased_at = "", f"{user.pk}@erased.invalid", clock.now()
    user.last_login = None
    user.set_unusable_password()
    user.save(update_fields=["name", "email", "erased_at", "last_login", "password"])
    blank_past_of(user)
    record(user, "account_erased", by=None)


def add_provider(
    *, name: str, issuer: str, client_id: str, secret: str, trusted_domains: list[str], by: User
) -> IdentityProvider:
    """Let people sign in through an organisation's identity provider, which is asked first whether it is one.

    Refuses an issuer that does not answer, that calls itself by another name, or that stands in the list already.
    """
    issuer = issuer.strip().rstrip("/")
    if IdentityProvider.objects.filter(issuer=issuer, client_id=client_id).exists():
        raise ActionRefused(_("This sign-in service is in the list already."))
    try:
        discover(issuer)
    except OAuth2Error as error:
        raise ActionRefused(_("The service answers, but as another issuer. Check the address.")) from error
    except (RequestException, ValueError) as error:
        raise ActionRefused(_("The service does not answer at this address. Check it and try again.")) from error
    with transaction.atomic():
        provider = IdentityProvider(
            name=name, slug=free_slug(IdentityProvider, name), issuer=issuer, client_id=client_id,
            trusted_domains=trusted_domains,
        )  # fmt: skip
        provider.secret = secret
        provider.save()
        record(provider, "provider_added", by=by)
    return provider


@transaction.atomic
def change_provider(
    provider: IdentityProvider, *, name: str, client_id: str, secret: str, trusted_domains: list[str],
    is_active: bool, by: User,
) -> IdentityProvider:  # fmt: skip
    """Change what a provider is called and believed about; an empty ``secret`` leaves the one there is.

    Its issuer stays: whoever it has named would be somebody else at another one.
    """
    provider = locked(provider)
    provider.name, provider.client_id, provider.is_active = name, client_id, is_active
    provider.trusted_domains = trusted_domains
    if secret:
        provider.secret = secret
    if changed := changed_fields(provider):
        provider.save()
        record(provider, "provider_changed", by=by, fields=[one for one in changed if one != "locked_secret"])
    return provider


@transaction.atomic
def remove_provider(provider: IdentityProvider, *, by: User) -> None:
    """Take a provider away, with what it has vouched for. The accounts stay; people sign in by a code."""
    SocialAccount.objects.filter(provider=provider.slug).delete()
    record(provider, "provider_removed", by=by)
    provider.delete()


@transaction.atomic
def unlink_identity(user: User, pk: int) -> bool:
    """Let one of the user's identities elsewhere open the account no more. False when it is not theirs."""
    unlinked, _each = SocialAccount.objects.filter(user=user, pk=pk).delete()
    if unlinked:
        record(user, "identity_unlinked", by=user)
    return bool(unlinked)


@transaction.atomic
def end_session(user: User, handle: UUID, *, by: User) -> bool:
    """Sign the user out on one device. False when there is no such session of theirs (any more)."""
    ended, _each = Session.objects.filter(user=user, handle=handle).delete()
    if ended:
        record(user, "signed_out_device", by=by)
    return bool(ended)


@transaction.atomic
def sign_out_everywhere(user: User, *, by: User) -> None:
    """End every session of the user; whoever asked for it has to begin a new one."""
    _end_sessions(user)
    record(user, "signed_out_everywhere", by=by)


def _end_sessions(user: User) -> None:
    fresh = locked(user)
    fresh.session_generation += 1
    fresh.save(update_fields=["session_generation"])
    user.session_generation = fresh.session_generation
    Session.objects.filter(user=user).delete()


def _keep_an_administrator(
    *, without_role: StaffRole | None = None, without_user: User | None = None, after: date
) -> None:
    """Refuse what would leave nobody to run the region after the day ``after``."""
    left = StaffRole.objects.filter(role=StaffRole.Role.ADMINISTRATOR, user__is_active=True)
    left = left.filter(Q(end=None) | Q(end__gt=after), Q(start=None) | Q(start__lte=after + timedelta(days=1)))
    is_one = True
    if without_role is not None:
        left = left.exclude(pk=without_role.pk)
    if without_user is not None:
        is_one = left.filter(user=without_user).exists()
        left = left.exclude(user=without_user)
    if is_one and not left.exists():
        raise ActionRefused(_("Somebody has to be an administrator. Make another person one first."))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
