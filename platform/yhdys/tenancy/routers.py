"""Whose records may point at whose."""

from typing import Any

from yhdys.tenancy.models import RegionalModel


class RegionRouter:
    """Django asks it wherever one record is to point at another: assigned, given to a constructor, added to a set."""

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        """No opinion on records of the same region. Raises WrongRegion for those of two."""
        if isinstance(one, RegionalModel) and isinstance(other, RegionalModel):
            one.check_same_region(other)
        return None
