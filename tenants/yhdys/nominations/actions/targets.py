"""A region's own targets of balance."""

from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.nominations.enums import TargetKind
from yhdys.nominations.models import Target

_NEEDED = {
    TargetKind.SECTOR: "sector_id",
    TargetKind.MUNICIPALITY: "municipality_id",
    TargetKind.SEAT_KIND: "seat_kind",
}


@transaction.atomic
def set_target(target: Target, *, by: User | None) -> Target:
    """Set how many members a body wants from something; a number that was set before is replaced.

    Raises ActionRefused when it does not say from what.
    """
    locked(target.body)
    if not getattr(target, _NEEDED[TargetKind(target.kind)]):
        what = str(TargetKind(target.kind).label).lower()
        raise ActionRefused(_("Choose what the target is about: {what}.").format(what=what))
    if target.at_least < 1:
        raise ActionRefused(_("A target is of one member at the least."))
    same = Target.objects.filter(
        body=target.body,
        kind=target.kind,
        sector=target.sector,
        municipality=target.municipality,
        seat_kind=target.seat_kind,
    ).first()
    if same is not None:
        same.at_least = target.at_least
        same.save(update_fields=["at_least"])
        target = same
    else:
        refuse_invalid(target)
        target.save(force_insert=True)
    record(target.body, "target_set", by=by, name=target.label, at_least=target.at_least)
    return target


@transaction.atomic
def remove_target(target: Target, *, by: User | None) -> None:
    """Take a target away."""
    record(target.body, "target_removed", by=by, name=target.label)
    target.delete()
