"""Names of the database roles.

Roles are shared by all databases of a cluster, so every name carries the database's. Plain Python: used before Django.
"""

import hashlib

MAX_NAME = 63
"""PostgreSQL cuts identifiers at 63 bytes."""

OWNER = "owner"
LOGIN = "login"
FRONT = "front"
NATIONAL = "national"
ERASER = "eraser"
ANY_REGION = "any_region"
"""What every region's role is a member of: it reads the public reference tables and pushes the region's own figures."""

NAMED_ROLES = (FRONT, NATIONAL, ERASER)
"""What the login role may become besides a region's own role."""


def role_name(database: str, role: str) -> str:
    """The cluster-wide name of a role that every deployment has, such as ``yhdys_front``."""
    return _fit(f"{database}_{role}")


def region_role(database: str, schema: str) -> str:
    """The cluster-wide name of the role that may use one region's schema, such as ``yhdys_t_kainuu``."""
    return _fit(f"{database}_t_{schema}")


def _fit(name: str) -> str:
    if len(name.encode()) <= MAX_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:10]
    return f"{name.encode()[: MAX_NAME - 11].decode(errors='ignore')}_{digest}"
