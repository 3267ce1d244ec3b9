"""Organisations that vouch for people: the identity providers that a region has chosen."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.accounts.locks import locks
from yhdys.accounts.models.users import StaffRole
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet

TOKEN = "identity-provider"  # noqa: S105 - what the key is for
"""What the key that locks a client's secret is derived for."""


class IdentityProviderQuerySet(RegionalQuerySet["IdentityProvider"]):
    """Providers by whether they are in use."""

    def visible_to(self, user: Any) -> "IdentityProviderQuerySet":
        """All for an administrator, else none: the sign-in page asks for those in use."""
        administrator = StaffRole.objects.in_force(user=user.pk, role=StaffRole.Role.ADMINISTRATOR)
        return self.order_by("name") if user.is_active and administrator.exists() else self.none()

    def in_use(self) -> "IdentityProviderQuerySet":
        """Those that the sign-in page offers."""
        return self.filter(is_active=True).order_by("name")


class IdentityProvider(RegionalModel):
    """One OpenID Connect issuer, and what this site is called there. Its issuer never changes: a subject is its own."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("part of the address"), max_length=60, unique=True, editable=False)
    issuer = models.URLField(_("issuer"), max_length=300, editable=False)
    client_id = models.CharField(_("client’s identifier"), max_length=300)
    locked_secret = models.TextField(_("client’s secret, locked"), editable=False)
    trusted_domains: "models.JSONField[list[str], list[str]]" = models.JSONField(
        _("domains of e-mail"), default=list, blank=True
    )
    """Addresses in these domains are believed when the issuer tells them; no other address is ever linked by itself."""
    is_active = models.BooleanField(_("in use"), default=True)

    objects = IdentityProviderQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("sign-in service")
        verbose_name_plural = _("sign-in services")

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """The client's secret. Raises InvalidToken in another region, and after the deployment's key was lost."""
        return locks(TOKEN).decrypt(self.locked_secret.encode()).decode()

    @secret.setter
    def secret(self, value: str) -> None:
        self.locked_secret = locks(TOKEN).encrypt(value.encode()).decode()

    def trusts(self, email: str) -> bool:
        """Whether the issuer is believed about this address."""
        return email.rpartition("@")[2].lower() in self.trusted_domains
