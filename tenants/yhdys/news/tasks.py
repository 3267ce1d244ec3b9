"""The effect that publishes what was scheduled."""

from datetime import datetime

from django.core.files.storage import default_storage

from yhdys.news.actions import publish_scheduled
from yhdys.news.models import Article
from yhdys.tenancy import outbox


@outbox.effect("news.publish_scheduled")
def publish(pk: str, at: str) -> None:
    """Publish one article at its moment; nothing when the plan has changed."""
    publish_scheduled(pk, datetime.fromisoformat(at))


@outbox.effect("news.forget_image")
def forget_image(name: str) -> None:
    """Delete the file of an image that no article shows any more."""
    if not Article.objects.filter(image=name).exists():
        default_storage.delete(name)
