"""The region's own face: who hosts the council, its languages, colours, sender and legal texts."""

from yhdys.site.models.accessibility import AccessibilityIssue, AccessibilityStatement
from yhdys.site.models.settings import RegionSettings

__all__ = ["AccessibilityIssue", "AccessibilityStatement", "RegionSettings"]
