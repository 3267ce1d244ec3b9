"""First rows of a new region."""

from typing import Any

from django.dispatch import receiver

from yhdys.regions.models import Region
from yhdys.regions.signals import region_created
from yhdys.site.models import AccessibilityStatement, RegionSettings


@receiver(region_created, dispatch_uid="site.first_settings")
def make_settings(sender: type[Region], region: Region, **kwargs: Any) -> None:
    """A council's name that can be shown until somebody writes the real one."""
    RegionSettings.objects.create(
        council_name_fi=f"{region.name_fi}: järjestöneuvottelukunta",
        council_name_sv=f"{region.name_sv}: organisationsdelegationen",
        council_name_en=f"{region.name_en}: advisory council of organisations",
        languages=["fi", "sv", "en"],
        content_languages=["fi"],
        sender_email=f"{region.slug}@yhdys.example",
    )
    AccessibilityStatement.objects.create()
