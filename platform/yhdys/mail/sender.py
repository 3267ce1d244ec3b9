"""In whose name letters leave."""

from dataclasses import dataclass

from django.conf import settings

from yhdys.site.models import RegionSettings
from yhdys.site.queries import region_settings
from yhdys.tenancy.context import in_a_region


@dataclass(frozen=True)
class Sender:
    """A name and an address, and where answers go when that is somewhere else."""

    name: str
    email: str
    reply_to: str = ""


def current_sender() -> Sender:
    """The region's own sender, or the national programme's."""
    if not in_a_region():
        return Sender("Yhdys", settings.YHDYS_SENDER)
    return sender_of(region_settings())


def sender_of(region: RegionSettings) -> Sender:
    """The sender that a region's settings tell."""
    return Sender(region.sender_name or region.council_name, region.sender_email, region.reply_to)
