"""Sessions: Django's own table of them, which also knows whose one is and on which device."""

from typing import TYPE_CHECKING

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.accounts.devices import device_in_words
from yhdys.accounts.models.users import User
from yhdys.core import clock, ids
from yhdys.tenancy.models import RegionalQuerySet

if TYPE_CHECKING:
    from yhdys.accounts.sessions import SessionStore


class SessionQuerySet(RegionalQuerySet["Session"]):
    """Sessions by whose they are."""

    def of(self, user: User) -> "SessionQuerySet":
        """Where the user is signed in now, the device used last on top."""
        return self.filter(user=user, expire_date__gt=clock.now()).order_by("-last_seen_at", "-begun_at", "handle")


class SessionManager(BaseSessionManager.from_queryset(SessionQuerySet)):
    """What the sign-in library and Django ask of sessions."""


class Session(AbstractBaseSession):
    """One browser. Before somebody signs in there is no user, and nothing is kept of the device."""

    handle = models.UUIDField(default=ids.new_id, editable=False)
    """What pages call it by: the key itself is a secret of the browser. It stays when the key changes."""
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions", verbose_name=_("user")
    )
    begun_at = models.DateTimeField(_("signed in at"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("last used"), null=True, blank=True)
    """To within a few minutes."""
    browser = models.CharField(_("browser"), max_length=300, blank=True)
    """What the browser calls itself."""

    objects = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        base_manager_name = "objects"
        indexes = [models.Index(fields=["user", "-last_seen_at"], name="session_user")]

    def __str__(self) -> str:
        return self.device

    @property
    def device(self) -> str:
        """The device in words, such as *Firefox, Windows*, in the active language."""
        return device_in_words(self.browser)

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        from yhdys.accounts.sessions import SessionStore  # noqa: PLC0415 - it asks the model above us

        return SessionStore
