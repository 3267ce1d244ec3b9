"""What happens to regions, for the apps above."""

from django.dispatch import Signal

region_created = Signal()
"""Sent inside the new region's scope with ``region``: apps put their first rows there."""
