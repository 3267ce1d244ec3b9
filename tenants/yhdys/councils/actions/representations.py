"""Naming representatives to groups outside, ending and prolonging their mandates, and what they tell back."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.councils.enums import StandsAs
from yhdys.councils.models import (
    Body,
    ExternalDecision,
    OutsideGroup,
    Representation,
    RepresentationReport,
)
from yhdys.organisations.models import Contact, Organisation


def _refuse_dates(representation: Representation) -> None:
    """The mandate lies within the group's time and beside no other of the same person there."""
    start, end, group = representation.start, representation.end, representation.group
    if end is not None and end < start:
        raise ActionRefused(_("A mandate cannot end before it starts. Check the dates."))
    too_early = group.start is not None and start < group.start
    too_late = group.end is not None and (start > group.end or (end is not None and end > group.end))
    if too_early or too_late:
        raise ActionRefused(_("“{group}” does not exist for the whole time. Check the dates.").format(group=group))
    others = Representation.objects.filter(group=group, contact=representation.contact).exclude(pk=representation.pk)
    others = others.filter(Q(end=None) | Q(end__gte=start))
    if end is not None:
        others = others.filter(start__lte=end)
    if others.exists():
        raise ActionRefused(
            _("{person} represents in “{group}” at that time already.").format(
                person=representation.contact, group=group
            )
        )


@transaction.atomic
def name_representative(
    *,
    group: OutsideGroup,
    body: Body,
    contact: Contact,
    start: date,
    end: date | None = None,
    stands_as: StandsAs = StandsAs.MEMBER,
    organisation: Organisation | None = None,
    named_on: date | None = None,
    decision: ExternalDecision | None = None,
    by: User | None,
) -> Representation:
    """Name a person to speak for the body in a group outside. Raises ActionRefused with what to mend."""
    group, body = locked(group), locked(body)
    if body.ended_on is not None and body.ended_on < start:
        raise ActionRefused(_("The body has ended, and names nobody any more."))
    if named_on is not None and named_on > clock.today():
        raise ActionRefused(_("The day of naming is still to come. Check the date."))
    if decision is not None and decision.body_id != body.pk:
        raise ActionRefused(_("The decision is about another body."))
    representation = Representation(
        group=group,
        body=body,
        contact=contact,
        organisation=organisation,
        stands_as=stands_as,
        named_on=named_on,
        decision=decision,
        start=start,
        end=end,
    )
    _refuse_dates(representation)
    refuse_invalid(representation)
    representation.save(force_insert=True)
    record(representation, "named", by=by, start=start.isoformat())
    record(body, "representative_named", by=by, name=str(contact), group=str(group))
    return representation


@transaction.atomic
def set_end_of_mandate(representation: Representation, *, on: date | None, by: User | None) -> Representation:
    """Set a mandate's last day, earlier or later than before; None leaves it open. Raises ActionRefused."""
    locked(representation.group)
    representation = locked(representation)
    if representation.end == on:
        return representation
    representation.end = on
    _refuse_dates(representation)
    representation.save(update_fields=["end"])
    record(representation, "mandate_end_set", by=by, on=on.isoformat() if on else None)
    record(
        representation.body,
        "mandate_end_set",
        by=by,
        name=str(representation),
        on=on.isoformat() if on else None,
    )
    return representation


@transaction.atomic
def tell_back(
    representation: Representation, *, text: str, told_on: date | None = None, by: User | None
) -> RepresentationReport:
    """Tell the members what happened in the group, today by default. Raises ActionRefused for a day without mandate."""
    representation = locked(representation)
    day = told_on or clock.today()
    if day > clock.today() or day < representation.start:
        raise ActionRefused(_("Tell of a day between the beginning of the mandate and today."))
    report = RepresentationReport(representation=representation, told_on=day, text=text.strip(), told_by=by)
    refuse_invalid(report)
    report.save(force_insert=True)
    record(representation, "told_back", by=by, on=day.isoformat())
    return report


@transaction.atomic
def take_back_report(report: RepresentationReport, *, by: User | None) -> None:
    """Remove a note that was told by mistake."""
    report = locked(report)
    record(report.representation, "report_removed", by=by, on=report.told_on.isoformat())
    report.delete()
