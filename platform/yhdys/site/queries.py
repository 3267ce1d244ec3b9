"""What the region says of itself."""

from yhdys.site.models import AccessibilityStatement, RegionSettings


def region_settings() -> RegionSettings:
    """The settings of the current region, made with it. Raises RegionSettings.DoesNotExist outside a region."""
    return RegionSettings.objects.get()


def accessibility_statement() -> AccessibilityStatement:
    """The statement of the current region, made with it. Raises AccessibilityStatement.DoesNotExist outside one."""
    return AccessibilityStatement.objects.get()
