"""Primary keys of regional tables."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A UUIDv7: sorts by its making, and no two regions ever have the same one."""
    return uuid_utils.compat.uuid7()
