"""The effect that publishes what was scheduled."""

from datetime import datetime

from yhdys.news.actions import publish_scheduled
from yhdys.tenancy import outbox


@outbox.effect("news.publish_scheduled")
def publish(pk: str, at: str) -> None:
    """Publish one article at its moment; nothing when the plan has changed."""
    publish_scheduled(pk, datetime.fromisoformat(at))
