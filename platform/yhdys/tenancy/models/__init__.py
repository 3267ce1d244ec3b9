"""Base of regional tables, and the tables that tenancy needs in each region."""

from yhdys.tenancy.models.base import RegionalModel, RegionalQuerySet, WrongRegion
from yhdys.tenancy.models.limits import KeptLimit
from yhdys.tenancy.models.links import ActionLink
from yhdys.tenancy.models.outbox import OutboxEntry

__all__ = ["ActionLink", "KeptLimit", "OutboxEntry", "RegionalModel", "RegionalQuerySet", "WrongRegion"]
