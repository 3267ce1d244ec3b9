"""Where a session is kept (``SESSION_ENGINE``): a row that knows its user, so that its owner can see and end it."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from yhdys.accounts.models import Session
from yhdys.core import clock, ids

DEVICE = "device"
"""Where a session keeps its handle, when it began, when it was last used and what the browser calls itself."""
SEEN_EVERY = timedelta(minutes=5)
"""How exact the time of last use is: each request would otherwise write."""


class SessionStore(DatabaseStore):
    """A session of a browser. A sign-in ends fourteen days after it began, however much it is used."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row; what it tells of the device stands in ``data``, for a row is written anew as a whole."""
        session = cast(Session, super().create_model_instance(data))
        device = data.get(DEVICE) or {}
        if device.get("handle"):
            session.handle = UUID(device["handle"])
        session.user_id = data.get(SESSION_KEY)
        session.begun_at, session.last_seen_at = _moment(device.get("begun")), _moment(device.get("seen"))
        session.browser = device.get("browser", "")
        return session

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Seconds until the session ends."""
        age: int = super().get_expiry_age(**kwargs)
        begun = _moment((self.get(DEVICE) or {}).get("begun"))
        if begun is None:
            return age
        left = begun + timedelta(seconds=settings.SESSION_COOKIE_AGE) - clock.now()
        return max(0, min(age, int(left.total_seconds())))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """When the session ends."""
        return clock.now() + timedelta(seconds=self.get_expiry_age(**kwargs))


def note_device(session: Any, browser: str) -> None:
    """Somebody has signed in with this session: note on what, and when."""
    now = clock.now().timestamp()
    session[DEVICE] = {"handle": str(ids.new_id()), "begun": now, "seen": now, "browser": browser[:300]}


def note_use(session: Any) -> None:
    """The session was used just now; written when the last note is some minutes old."""
    device = session.get(DEVICE)
    if device is not None and clock.now().timestamp() - device["seen"] >= SEEN_EVERY.total_seconds():
        session[DEVICE] = device | {"seen": clock.now().timestamp()}


def handle_of(session: Any) -> UUID | None:
    """What pages call the session by; None for one of nobody."""
    device = session.get(DEVICE)
    return UUID(device["handle"]) if device else None


def _moment(stamp: float | None) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, UTC)
