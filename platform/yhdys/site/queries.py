"""What the region says of itself."""

from yhdys.site.models import RegionSettings


def region_settings() -> RegionSettings:
    """The settings of the current region, made with it. Raises RegionSettings.DoesNotExist outside a region."""
    return RegionSettings.objects.get()
