"""Changes below that the nation sees."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from yhdys.overview.actions import push_soon
from yhdys.site.models import RegionSettings


@receiver(post_save, sender=RegionSettings, dispatch_uid="overview.settings_changed")
def push_new_name(sender: type[RegionSettings], **kwargs: Any) -> None:
    """A new region, or a council with a new name."""
    push_soon()
