"""Who must sign in with a second factor, and whether they have one."""

from allauth.mfa.models import Authenticator

from yhdys.accounts.models import StaffRole, User
from yhdys.accounts.queries import staff_roles_of

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts. Recovery codes alone are only a spare."""


def second_factor_required(user: User) -> bool:
    """Administrators hold everybody's data in their hands, so a password alone does not let them in."""
    return StaffRole.Role.ADMINISTRATOR in staff_roles_of(user)


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app or a passkey is set up."""
    if user.__dict__.get("_has_second_factor"):
        return True
    found: bool = Authenticator.objects.filter(user=user, type__in=STRONG).exists()
    user.__dict__["_has_second_factor"] = found
    return found


def must_set_up_second_factor(user: User) -> bool:
    """Whether the workspace stays closed until the user has set one up."""
    return second_factor_required(user) and not has_second_factor(user)


def may_remove(authenticator: Authenticator) -> bool:
    """Whether an authenticator can go: not the last strong one of somebody who must have one."""
    if authenticator.type not in STRONG or not second_factor_required(authenticator.user):
        return True
    others = Authenticator.objects.filter(user=authenticator.user, type__in=STRONG).exclude(pk=authenticator.pk)
    return bool(others.exists())
