"""Users. Every region has its own table: a user of Kainuu does not exist in Lapland."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yhdys.accounts.managers import UserManager
from yhdys.core import clock
from yhdys.core.text import sort_key
from yhdys.tenancy.context import current_schema
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class User(AbstractBaseUser, RegionalModel):
    """Somebody who signs in to one region, or to the national site."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=5, default="fi")
    is_active = models.BooleanField(_("may sign in"), default=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)
    last_login = models.DateTimeField(_("last sign-in"), null=True, blank=True)
    sort_key = models.CharField(max_length=160, editable=False, default="", db_collation="C")
    session_generation = models.PositiveIntegerField(default=0, editable=False)
    """Goes up to sign the user out everywhere: older sessions no longer match."""

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_ci")]

    def __str__(self) -> str:
        return gettext("Former user") if self.erased_at else self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match: the region, the password and the generation of sessions."""
        value = f"{current_schema()}:{self.password}:{self.session_generation}"
        return salted_hmac("yhdys.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def save(self, **kwargs: Any) -> None:
        """Keep the key by which Finns look for a person: family name first."""
        given, _space, family = self.name.strip().rpartition(" ")
        self.sort_key = sort_key(f"{family} {given}".strip())[:160]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(**kwargs)

    def clean(self) -> None:
        """Addresses are compared without regard to case, so they are kept in small letters."""
        super().clean()
        self.email = self.email.lower()


class StaffRoleQuerySet(RegionalQuerySet["StaffRole"]):
    """Roles by date."""

    def in_force(self, **where: Any) -> "StaffRoleQuerySet":
        """Roles that hold today."""
        today = clock.today()
        return self.filter(
            models.Q(start=None) | models.Q(start__lte=today), models.Q(end=None) | models.Q(end__gte=today), **where
        )


class StaffRole(RegionalModel):
    """A right of the region's own staff, granted by an administrator for a time."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", pgettext_lazy("staff role", "Administrator")
        EDITOR = "editor", pgettext_lazy("staff role", "Editor")
        OBSERVER = "observer", pgettext_lazy("staff role", "Observer")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )

    objects = StaffRoleQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("staff role")
        verbose_name_plural = _("staff roles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start=None) | models.Q(end=None) | models.Q(end__gte=models.F("start")),
                name="staff_role_dates",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def is_in_force(self) -> bool:
        """Whether it holds today."""
        today = clock.today()
        return (self.start is None or self.start <= today) and (self.end is None or self.end >= today)

    @property
    def is_over(self) -> bool:
        """Whether it has ended before today."""
        return self.end is not None and self.end < clock.today()
