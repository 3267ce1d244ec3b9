"""Making and finding users."""

from typing import TYPE_CHECKING, Any, Self

from allauth.account.models import EmailAddress
from django.contrib.auth.models import BaseUserManager
from django.db import transaction
from django.db.models import Q

from yhdys.tenancy.models import RegionalQuerySet

if TYPE_CHECKING:
    from yhdys.accounts.models import User


class UserQuerySet(RegionalQuerySet["User"]):
    """Users by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Everybody for an administrator, otherwise oneself."""
        from yhdys.accounts.queries import is_administrator_today  # noqa: PLC0415 - it asks the models above us

        return self if is_administrator_today(user) else self.filter(pk=user.pk)

    def active(self) -> Self:
        """Those whose account is open."""
        return self.filter(is_active=True)

    def matching(self, words: str) -> Self:
        """Users whose name or address holds every one of ``words``."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
        return found

    def by_name(self) -> Self:
        """As a list of people is read: by family name, å, ä and ö last."""
        return self.order_by("sort_key", "email")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]  # built by Django
    """Users of one region, or of the national programme."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, *, confirmed: bool = True, **fields: Any) -> "User":
        """Make a user; without a password they sign in by an e-mailed code.

        An address that is not ``confirmed`` is confirmed by a code at the first sign-in by password.
        """
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=confirmed)
        return user
