"""What the sign-in library tells of goes into the audit trail."""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from yhdys.accounts.models import User
from yhdys.accounts.sessions import note_device
from yhdys.audit.actions import record


@receiver(user_logged_in, dispatch_uid="accounts.device")
def keep_device(request: Any, **kwargs: Any) -> None:
    note_device(request.session, request.headers.get("User-Agent", ""))


@receiver(account.user_logged_in, dispatch_uid="accounts.signed_in")
def note_sign_in(user: User, **kwargs: Any) -> None:
    record(user, "signed_in", by=user)


@receiver(account.password_changed, dispatch_uid="accounts.password_changed")
@receiver(account.password_set, dispatch_uid="accounts.password_set")
@receiver(account.password_reset, dispatch_uid="accounts.password_reset")
def note_password(user: User, **kwargs: Any) -> None:
    record(user, "password_changed", by=user)


@receiver(account.email_changed, dispatch_uid="accounts.email_changed")
def note_address(user: User, to_email_address: EmailAddress, **kwargs: Any) -> None:
    record(user, "address_changed", by=user)


@receiver(mfa.authenticator_added, dispatch_uid="accounts.factor_added")
def note_added_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(user, "second_factor_added", by=user, kind=authenticator.type)


@receiver(mfa.authenticator_removed, dispatch_uid="accounts.factor_removed")
def note_removed_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(user, "second_factor_removed", by=user, kind=authenticator.type)


@receiver(social.social_account_added, dispatch_uid="accounts.identity_linked")
def note_linked_identity(sociallogin: Any, **kwargs: Any) -> None:
    record(sociallogin.user, "identity_linked", by=sociallogin.user)
