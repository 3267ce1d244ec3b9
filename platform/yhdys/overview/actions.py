"""Telling the nation. Everything here runs for one region, under its own role."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice

from django.db import connection, transaction

from yhdys.core import clock
from yhdys.overview.counting import as_told
from yhdys.overview.models import Figure, PublishedItem, RegionProfile
from yhdys.overview.registry import NEWEST, item_kinds, metrics
from yhdys.site.queries import region_settings
from yhdys.tenancy import outbox
from yhdys.tenancy.context import current_schema, in_a_region
from yhdys.tenancy.models import OutboxEntry

PUSH = "overview.push"
ITEM_FIELDS = ("title", "summary", "language", "path", "published_at")
NAMES = ("council_name_fi", "council_name_sv", "council_name_en")


def push_soon() -> None:
    """Let the region's figures and items be told anew once the running transaction is committed.

    However many changes ask, one waiting effect per region is enough. It is only relied on when this transaction can
    hold it: one that a worker has already taken up may have counted before this change.
    """
    if not in_a_region():
        raise ValueError("Only a region has figures to push.")
    with transaction.atomic():
        waiting = (
            OutboxEntry.objects.select_for_update(skip_locked=True)
            .filter(effect=PUSH, state=OutboxEntry.State.WAITING)
            .first()
        )
        if waiting is None:
            outbox.put(PUSH)
        elif not clock.is_fixed():
            # The message sent for it may come while this transaction holds it, and would then find nothing to do.
            transaction.on_commit(partial(outbox.wake, current_schema(), waiting.pk))


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push found otherwise than the nation had been told."""

    figures: int
    items: int

    def __bool__(self) -> bool:
        return bool(self.figures or self.items)


@transaction.atomic
def push() -> Pushed:
    """Count every figure and list every published item of the region, and make the nation's rows say the same.

    Harmless when run again; what is no longer counted or published goes. Two pushes of one region wait for each other,
    so that the later count is the one that stays. Answers how many rows it had to add, change or remove.
    """
    schema, now = current_schema(), clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"overview:{schema}"])
    _push_profile(schema, now)
    return Pushed(figures=_push_figures(schema, now), items=_push_items(schema))


def _push_profile(schema: str, now: datetime) -> None:
    settings = region_settings()
    RegionProfile.objects.update_or_create(
        schema=schema,
        defaults={
            **{name: getattr(settings, name) or "" for name in NAMES},
            "host_organisation": settings.host_organisation,
            "demonstration": settings.is_demonstration,
            "as_of": now,
        },
    )


def _push_figures(schema: str, now: datetime) -> int:
    """Only rows that say something else are written anew; the moment of counting is moved in all of them at once."""
    told = {(one.name, period): value for one in metrics() for period, value in as_told(one).items()}
    before = {
        (metric, period): (pk, value)
        for pk, metric, period, value in Figure.objects.filter(schema=schema).values_list(
            "pk", "metric", "period", "value"
        )
    }
    gone = [pk for key, (pk, _value) in before.items() if key not in told]
    Figure.objects.filter(pk__in=gone).delete()
    changed = [key for key, value in told.items() if key not in before or before[key][1] != value]
    Figure.objects.bulk_create(
        [
            Figure(schema=schema, metric=metric, period=period, value=told[metric, period], as_of=now)
            for metric, period in changed
        ],
        update_conflicts=True,
        unique_fields=["schema", "metric", "period"],
        update_fields=["value", "as_of"],
    )
    Figure.objects.filter(schema=schema).update(as_of=now)
    return len(gone) + len(changed)


def _push_items(schema: str) -> int:
    told = {
        (kind.name, item.key): PublishedItem(
            schema=schema,
            kind=kind.name,
            key=item.key,
            title=item.title[:300],
            summary=item.summary,
            language=item.language,
            path=item.path,
            published_at=item.published_at,
        )
        for kind in item_kinds()
        for item in islice(kind.listing(), NEWEST)
    }
    before = {(item.kind, item.key): item for item in PublishedItem.objects.filter(schema=schema)}
    gone = [item.pk for key, item in before.items() if key not in told]
    PublishedItem.objects.filter(pk__in=gone).delete()
    changed = [item for key, item in told.items() if key not in before or not _say_the_same(item, before[key])]
    PublishedItem.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["schema", "kind", "key"], update_fields=ITEM_FIELDS
    )
    return len(gone) + len(changed)


def _say_the_same(one: PublishedItem, other: PublishedItem) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ITEM_FIELDS)
