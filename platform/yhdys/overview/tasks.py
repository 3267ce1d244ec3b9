"""When the workers tell the nation."""

import structlog
from celery import shared_task

from yhdys.overview import actions
from yhdys.tenancy import outbox
from yhdys.tenancy.tasks import RegionTask

log = structlog.get_logger(__name__)


@outbox.effect(actions.PUSH)
def push() -> None:
    """Tell what a change has changed."""
    actions.push()


@shared_task(base=RegionTask, name="overview.reconcile")
def reconcile() -> None:
    """Tell everything of one region anew, whatever was missed; beat sends it for every region at night.

    What it finds otherwise than told is noted: besides what a new date changes, a push has been missed.
    """
    if pushed := actions.push():
        log.info("overview.reconciled", figures=pushed.figures, items=pushed.items)
