"""Writing the audit trail."""

from typing import Any, Protocol
from uuid import UUID

from django.db import models

from yhdys.audit.models import Entry


class Actor(Protocol):
    """Whoever does things: a user, or a person who came by a link."""

    @property
    def pk(self) -> Any: ...


def record(target: models.Model, verb: str, *, by: Actor | None, **details: Any) -> Entry:
    """Note that ``by`` did ``verb`` to ``target``, in the running transaction. None means the system itself.

    ``details`` are plain JSON values and hold no personal data beyond what the record itself keeps.
    """
    return Entry.objects.create(
        actor_id=by.pk if by is not None and isinstance(by.pk, UUID) else None,
        actor_name=str(by)[:200] if by is not None else "",
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_name=str(target)[:250],
        details=details,
    )
