"""When the workers tell the nation."""

from celery import shared_task

from yhdys.overview import actions
from yhdys.tenancy import outbox
from yhdys.tenancy.tasks import RegionTask

outbox.effect(actions.PUSH)(actions.push)


@shared_task(base=RegionTask, name="overview.reconcile")
def reconcile() -> None:
    """Tell everything of one region anew, whatever was missed; beat sends it for every region at night."""
    actions.push()
