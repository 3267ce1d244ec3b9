"""The nightly erasure of what has outlived its time."""

import structlog
from celery import shared_task
from django.db import transaction

from yhdys.privacy.register import classes
from yhdys.tenancy.tasks import RegionTask

log = structlog.get_logger(__name__)


def erase_outlived() -> dict[str, int]:
    """Run every class's erasure in the current region. What fails is logged and does not keep the others from running.

    Returns how many rows each class erased.
    """
    erased: dict[str, int] = {}
    for data in classes():
        if data.erase is None:
            continue
        try:
            with transaction.atomic():
                erased[data.key] = data.erase()
        except Exception:
            log.exception("privacy.erasure_failed", data=data.key)
    log.info("privacy.erased", **{key.replace(".", "_"): number for key, number in erased.items()})
    return erased


@shared_task(base=RegionTask, name="privacy.erase")
def erase() -> None:
    """Erase what has outlived its time in one region, or on the national site."""
    erase_outlived()
