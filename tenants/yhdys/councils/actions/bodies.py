"""Founding, changing and ending bodies; the order of their mandates; their hosts."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import put_back, record, record_restored
from yhdys.audit.models import Past
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import changed_fields, free_slug, locked, refuse_invalid
from yhdys.councils.enums import BodyKind, MandateKind, QuorumRule
from yhdys.councils.models import Authority, Body, HostPeriod, Mandate, Term
from yhdys.places.models import Municipality

RESTORED_OF_BODY = tuple(
    f"{name}_{code}" for name in ("name", "purpose", "composition", "rules") for code, _name in settings.LANGUAGES
)
"""What of a body's earlier version can be put back: its texts. States and dates have actions of their own."""
BELOW = (BodyKind.WORKING_COMMITTEE, BodyKind.SUBREGIONAL_COUNCIL)


def _refuse_broken(body: Body) -> None:
    if body.kind in BELOW and body.parent_id is None:
        raise ActionRefused(_("Choose the council to which this body belongs."))
    if body.kind == BodyKind.REGIONAL_COUNCIL:
        if body.parent_id is not None:
            raise ActionRefused(_("The regional council belongs to no other body: leave the parent body empty."))
        others = Body.objects.working().filter(kind=BodyKind.REGIONAL_COUNCIL).exclude(pk=body.pk)
        if body.ended_on is None and others.exists():
            raise ActionRefused(_("The region has a regional council already. End it before you found another."))
    ancestor = body.parent
    while ancestor is not None:
        if ancestor.pk == body.pk:
            raise ActionRefused(_("A body cannot belong to itself. Choose another parent body."))
        ancestor = ancestor.parent
    if body.quorum_rule == QuorumRule.NUMBER and not body.quorum_number:
        raise ActionRefused(_("Tell how many members the quorum needs."))
    if body.founded_on is not None and body.ended_on is not None and body.ended_on < body.founded_on:
        raise ActionRefused(_("A body cannot end before it was founded. Check the dates."))
    refuse_invalid(body)


@transaction.atomic
def create_body(body: Body, *, municipalities: Iterable[Municipality] = (), by: User | None) -> Body:
    """Found a body from an unsaved record. Raises ActionRefused with what to mend."""
    body.slug = body.slug or free_slug(Body, body.name_fi or body.name)
    _refuse_broken(body)
    body.save(force_insert=True)
    body.municipalities.set(municipalities)
    record(body, "created", by=by)
    return body


@transaction.atomic
def change_body(body: Body, *, municipalities: Iterable[Municipality] | None = None, by: User | None) -> Body:
    """Save what was changed in a body; ``municipalities`` only if given. Raises ActionRefused with what to mend."""
    locked(body)
    _refuse_broken(body)
    changes = changed_fields(body)
    if municipalities is not None:
        wanted = list(municipalities)
        if {one.pk for one in wanted} != set(body.municipalities.values_list("pk", flat=True)):
            body.municipalities.set(wanted)
            changes.append("municipalities")
    if changes:
        body.save()
        record(body, "changed", by=by, fields=changes)
    return body


@transaction.atomic
def restore_body(body: Body, version: Past, *, by: User | None) -> Body:
    """Put back an earlier version of what is told of a body, as a change of today. Raises ActionRefused."""
    body = locked(body)
    put_back(body, version, RESTORED_OF_BODY)
    change_body(body, by=by)
    record_restored(body, version, by=by)
    return body


@transaction.atomic
def end_body(body: Body, *, on: date, by: User | None) -> Body:
    """Note a body's last day. Raises ActionRefused while a term of it still runs."""
    body = locked(body)
    if Term.objects.of_body(body).running().exists():
        raise ActionRefused(_("End the running term first; its members keep their seats until then."))
    body.ended_on = on
    _refuse_broken(body)
    body.save(update_fields=["ended_on"])
    record(body, "ended", by=by, on=on.isoformat())
    return body


@transaction.atomic
def start_hosting(body: Body, authority: Authority, *, start: date | None, by: User | None) -> HostPeriod:
    """Let an authority host the body from a day on; the host before it, if any, hosts until the day before.

    Raises ActionRefused when the authority hosts it already, or a host's time would begin before it.
    """
    body = locked(body)
    for period in HostPeriod.objects.filter(body=body, end=None).select_related("authority"):
        if period.authority_id == authority.pk:
            raise ActionRefused(_("{authority} hosts this body already.").format(authority=authority))
        if start is None or (period.start is not None and period.start >= start):
            raise ActionRefused(
                _("{authority} hosts this body until further notice. Tell from which day the new host begins.").format(
                    authority=period.authority
                )
            )
        period.end = start - timedelta(days=1)
        period.save(update_fields=["end"])
    hosting = HostPeriod.objects.create(body=body, authority=authority, start=start)
    record(body, "host_changed", by=by, host=str(authority), start=start.isoformat() if start else None)
    return hosting


@transaction.atomic
def reorder_mandates(body: Body, kind: MandateKind, order: Sequence[UUID], *, by: User | None) -> None:
    """Put a body's objectives, or its tasks, in the given order.

    Raises ActionRefused unless ``order`` names each of them once: somebody has added or removed one meanwhile.
    """
    locked(body)
    mandates = {one.pk: one for one in Mandate.objects.filter(body=body, kind=kind).listed()}
    if sorted(order) != sorted(mandates):
        raise ActionRefused(_("The list has changed meanwhile. Look at it again and put it in order."))
    moved = False
    for position, pk in enumerate(order, start=1):
        mandate = mandates[pk]
        if mandate.position != position:
            mandate.position = position
            mandate.save(update_fields=["position"])
            moved = True
    if moved:
        record(body, "mandates_reordered", by=by, kind=kind.value)


@transaction.atomic
def move_mandate(mandate: Mandate, *, by: User | None, steps: int) -> None:
    """Move one mandate up (negative) or down its list; at the end of the list nothing happens."""
    locked(mandate.body)
    mandate = locked(mandate)
    order = list(
        Mandate.objects.filter(body_id=mandate.body_id, kind=mandate.kind).listed().values_list("pk", flat=True)
    )
    place = order.index(mandate.pk)
    to = min(max(place + steps, 0), len(order) - 1)
    order.insert(to, order.pop(place))
    reorder_mandates(mandate.body, MandateKind(mandate.kind), order, by=by)
