"""Writing the audit trail; putting back what was."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from yhdys.audit.models import Entry, Past, Reading
from yhdys.audit.queries import differs
from yhdys.core import clock
from yhdys.core.errors import ActionRefused

ONE_READING = timedelta(hours=1)
"""Opening the same thing again within this time is the same reading."""


class Actor(Protocol):
    """Whoever does things: a user, or a person who came by a link."""

    @property
    def pk(self) -> Any: ...


class ByName:
    """A person who acts without an account; the audit trail keeps the name."""

    pk = None

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name


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


def put_back(target: models.Model, version: Past, columns: Sequence[str]) -> list[str]:
    """Give an unsaved change of ``target`` what ``version`` holds in ``columns``; returns those that differ now.

    What was not known then, what has been blanked and what points to something that is gone stays as it is. The app's
    own action saves it, so that the rules of today hold. Raises ActionRefused when nothing would change.
    """
    changed = []
    for name in columns:
        field: Any = target._meta.get_field(name)
        value = getattr(version, name)
        if value is None and (not field.null or version.pgh_erased_at is not None):
            continue
        points = field.is_relation and value is not None
        if points and not field.related_model._base_manager.filter(pk=value).exists():
            continue
        if differs(getattr(target, field.attname), value):
            setattr(target, field.attname, value)
            changed.append(name)
    if not changed:
        raise ActionRefused(_("Nothing to put back: it is now as it was then."))
    return changed


def record_restored(target: models.Model, version: Past, *, by: Actor | None, **details: Any) -> Entry:
    """Note that a version was put back, by the day until which it was valid."""
    until = version.pgh_created_at.astimezone(clock.HELSINKI).date()
    return record(target, "restored", by=by, on=until.isoformat(), **details)


def note_reading(target: models.Model, *, by: Actor, within: models.Model, name: str = "") -> None:
    """Note that ``by`` opened ``target``, a part of ``within``, which not everybody may read; once an hour.

    ``name`` says what was read where the record's own name does not. The role of a region can only add such rows.
    """
    read = {"reader_id": by.pk, "target_type": target._meta.label_lower, "target_id": target.pk}
    if not Reading.objects.filter(within_id=within.pk, at__gt=clock.now() - ONE_READING, **read).exists():
        Reading.objects.create(
            reader_name=str(by)[:200], target_name=(name or str(target))[:250], within_id=within.pk, **read
        )
