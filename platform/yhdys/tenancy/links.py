"""Links in letters that let their receiver act without an account: answer, confirm, unsubscribe.

A link is a row of the region, so that it expires, can be taken back, and means nothing in another region. Opening it
(GET) must only show: mail scanners follow every link. What it changes is changed by POST.
"""

import hashlib
import secrets
from datetime import datetime

from yhdys.core import clock
from yhdys.tenancy.models import ActionLink, RegionalModel


def issue(*, purpose: str, target: RegionalModel, expires_at: datetime) -> str:
    """A new token for ``target``; the caller puts it into a letter. It cannot be read back later."""
    token = secrets.token_urlsafe(24)
    ActionLink.objects.create(purpose=purpose, target_id=target.pk, token_hash=_hash(token), expires_at=expires_at)
    return token


def resolve(token: str, purpose: str) -> ActionLink | None:
    """The link behind ``token``, or None when it is unknown, of another purpose or region, revoked or too old."""
    return ActionLink.objects.usable().filter(token_hash=_hash(token), purpose=purpose).first()


def mark_used(link: ActionLink) -> None:
    """Note that somebody acted through the link."""
    link.last_used_at = clock.now()
    link.save(update_fields=["last_used_at"])


def revoke(purpose: str, target: RegionalModel) -> int:
    """Close all links to ``target`` for ``purpose``. Returns how many were open."""
    return ActionLink.objects.usable().filter(purpose=purpose, target_id=target.pk).update(revoked_at=clock.now())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
