"""Telling the nation. Everything here runs for one region, under its own role."""

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


@transaction.atomic
def push() -> None:
    """Count every figure and list every published item of the region, and make the nation's rows say the same.

    Harmless when run again; what is no longer counted or published goes. Two pushes of one region wait for each other,
    so that the later count is the one that stays.
    """
    schema, now = current_schema(), clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"overview:{schema}"])
    _push_profile(schema, now)
    _push_figures(schema, now)
    _push_items(schema)


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


def _push_figures(schema: str, now: datetime) -> None:
    told = [
        Figure(schema=schema, metric=metric.name, period=period, value=value, as_of=now)
        for metric in metrics()
        for period, value in as_told(metric).items()
    ]
    current = {(figure.metric, figure.period) for figure in told}
    before = Figure.objects.filter(schema=schema).values_list("pk", "metric", "period")
    Figure.objects.filter(pk__in=[pk for pk, *key in before if tuple(key) not in current]).delete()
    Figure.objects.bulk_create(
        told, update_conflicts=True, unique_fields=["schema", "metric", "period"], update_fields=["value", "as_of"]
    )


def _push_items(schema: str) -> None:
    told = [
        PublishedItem(
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
    ]
    current = {(item.kind, item.key) for item in told}
    before = PublishedItem.objects.filter(schema=schema).values_list("pk", "kind", "key")
    PublishedItem.objects.filter(pk__in=[pk for pk, *key in before if tuple(key) not in current]).delete()
    PublishedItem.objects.bulk_create(
        told,
        update_conflicts=True,
        unique_fields=["schema", "kind", "key"],
        update_fields=["title", "summary", "language", "path", "published_at"],
    )
