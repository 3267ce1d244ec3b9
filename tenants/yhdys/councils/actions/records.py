"""Keeping the plain records around a body: each is added, changed and removed in the same way."""

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import changed_fields, locked, refuse_invalid
from yhdys.councils.models import (
    Authority,
    ExternalDecision,
    ExternalProgramme,
    FollowedMatter,
    HostPeriod,
    Mandate,
    OutsideGroup,
    PublicationChannel,
    TimelineEvent,
)

type Kept = (
    Authority
    | ExternalDecision
    | ExternalProgramme
    | FollowedMatter
    | HostPeriod
    | Mandate
    | OutsideGroup
    | PublicationChannel
    | TimelineEvent
)

OF_THE_REGION = (Authority, ExternalProgramme, OutsideGroup)
"""Records that belong to no body."""

SENTENCES: dict[str, str | Promise] = {
    "authority_with_successor_has_ended": gettext_lazy(
        "An authority that has a successor has ended. Tell its last day."
    ),
    "channel_site_in_use_has_address": gettext_lazy("Tell the address of the website, or mark it as coming."),
}
"""What the tables' constraints mean, in plain words."""


@transaction.atomic
def keep[R: Kept](kept: R, *, by: User | None) -> R:
    """Save a record that is new or was changed; nothing happens to one that is as it was.

    A new mandate or channel comes last in its list. Raises ActionRefused with what to mend.
    """
    is_new = kept._state.adding
    if is_new and isinstance(kept, Mandate | PublicationChannel) and not kept.position:
        kept.position = _last_place(kept) + 1
    if not is_new:
        locked(kept)
    refuse_invalid(kept, SENTENCES)
    changes = changed_fields(kept)
    if is_new:
        kept.save(force_insert=True)
        record(kept, "added", by=by)
    elif changes:
        kept.save()
        record(kept, "changed", by=by, fields=changes)
    if not isinstance(kept, OF_THE_REGION) and (is_new or changes):
        record(
            kept.body,
            "record_added" if is_new else "record_changed",
            by=by,
            kind=kept._meta.model_name,
            name=str(kept),
        )
    return kept


def _last_place(kept: Mandate | PublicationChannel) -> int:
    beside = type(kept)._base_manager.filter(body_id=kept.body_id)
    if isinstance(kept, Mandate):
        beside = beside.filter(kind=kept.kind)
    last: int | None = beside.aggregate(last=Max("position"))["last"]
    return last or 0


@transaction.atomic
def remove(kept: Kept, *, by: User | None) -> None:
    """Remove a record; the audit trail keeps its name. Raises ActionRefused when other records rest on it."""
    body = None if isinstance(kept, OF_THE_REGION) else kept.body
    record(kept, "removed", by=by)
    if body is not None:
        record(body, "record_removed", by=by, kind=kept._meta.model_name, name=str(kept))
    try:
        kept.delete()
    except ProtectedError as error:
        raise ActionRefused(
            _("“{name}” cannot be removed: other records name it. Give it an end date instead.").format(name=kept)
        ) from error
