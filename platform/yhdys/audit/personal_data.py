"""What the audit trail and the past of records keep of people."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.privacy.register import Basis, PersonalData, declare
from yhdys.tenancy.context import in_a_region, in_eraser

PAST_KEPT = timedelta(days=365)
AT_ONCE = 1000


def blank_past() -> int:
    """Blank names, addresses and their like in what records were: a year after, or when the record itself has gone.

    The region reads which rows; only the eraser may write, and only those columns. What else was changed, when and by
    whom stays.
    """
    from yhdys.audit.tracking import past_of, tracked_models  # noqa: PLC0415 - the register is read before it

    now, blanked = clock.now(), 0
    for model in tracked_models():
        past = past_of(model)
        is_here = in_a_region() or apps.get_app_config(model._meta.app_label).name in settings.BOTH_APPS
        if not past.pgh_personal or not is_here:
            continue
        rows = model._base_manager.filter(pk=OuterRef("pgh_obj_id"))
        outlived = past.objects.filter(Q(pgh_created_at__lt=now - PAST_KEPT) | ~Exists(rows), pgh_erased_at=None)
        while keys := list(outlived.values_list("pk", flat=True)[:AT_ONCE]):
            nothing = dict.fromkeys(past.pgh_personal)
            with in_eraser():
                blanked += past.objects.filter(pk__in=keys).update(**nothing, pgh_erased_at=now)
    return blanked


def blank_past_of(record: models.Model) -> None:
    """Blank what is personal in everything that one record was, at once: its person has been forgotten."""
    from yhdys.audit.tracking import past_of  # noqa: PLC0415 - the register is read before it

    past = past_of(type(record))
    keys = list(past.objects.filter(pgh_obj_id=record.pk, pgh_erased_at=None).values_list("pk", flat=True))
    with in_eraser():
        past.objects.filter(pk__in=keys).update(**dict.fromkeys(past.pgh_personal), pgh_erased_at=clock.now())


declare(
    PersonalData(
        key="audit.readings",
        order=82,
        title=_("Readings of restricted papers"),
        people=_("Those who may read what is not public"),
        contents=_("Who opened what, and when"),
        purpose=_("Finding out afterwards who has read what was not for everybody"),
        basis=(Basis.TASK, Basis.SECURITY),
        retention=_("As long as the records it tells of"),
        tables=("audit.reading",),
    )
)
declare(
    PersonalData(
        key="audit.entries",
        order=80,
        title=_("History of changes"),
        people=_("Those who use the workspace"),
        contents=_("Who changed what, and when"),
        purpose=_("Finding out afterwards what happened to a record; nobody can change the history"),
        basis=(Basis.TASK, Basis.SECURITY),
        retention=_("As long as the records it tells of"),
        tables=("audit.entry",),
    )
)
declare(
    PersonalData(
        key="audit.past",
        order=81,
        title=_("Earlier versions of records"),
        people=_("Those whom a record names or named"),
        contents=_("What a record was before it was changed: names, titles, addresses, numbers and texts"),
        purpose=_("Finding out what was changed, and putting back what was changed by mistake"),
        basis=(Basis.TASK, Basis.SECURITY),
        retention=_(
            "Names, addresses and numbers for a year after the change; when the record itself is removed, until the "
            "next night"
        ),
        tables=(),
        erase=blank_past,
    )
)
