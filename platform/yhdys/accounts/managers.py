"""Making and finding users."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import BaseUserManager

from yhdys.tenancy.models import RegionalQuerySet

if TYPE_CHECKING:
    from yhdys.accounts.models import User


class UserManager(BaseUserManager.from_queryset(RegionalQuerySet)["User"]):  # type: ignore[misc]  # built by Django
    """Users of one region, or of the national programme."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password they sign in by an e-mailed code."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user
