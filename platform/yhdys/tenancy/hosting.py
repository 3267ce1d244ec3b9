"""Where tenancy learns about regions: the app that keeps them stands above and registers itself here."""

import re
from collections.abc import Callable
from typing import Protocol

HOST = re.compile(r"[a-z0-9.-]{1,253}")


class HostedRegion(Protocol):
    """What a request needs to know of its region."""

    @property
    def schema_name(self) -> str: ...
    @property
    def is_active(self) -> bool: ...


_find: list[Callable[[str], HostedRegion | None]] = []
_schemas: list[Callable[[], list[str]]] = []
_at_work: list[Callable[[str], bool]] = []


def regions_are_kept_by(
    find: Callable[[str], HostedRegion | None], schemas: Callable[[], list[str]], at_work: Callable[[str], bool]
) -> None:
    """Register who knows the regions: how to ``find`` by host, all active ``schemas``, whether one is ``at_work``."""
    _find[:], _schemas[:], _at_work[:] = [find], [schemas], [at_work]


def find_region(host: str) -> HostedRegion | None:
    """The region of a host name, None for a host that is no region's."""
    return _find[0](host) if HOST.fullmatch(host) else None


def schemas_at_work() -> list[str]:
    """The schemas of all active regions."""
    return _schemas[0]()


def is_at_work(schema: str) -> bool:
    """Whether this is the schema of an active region at this moment."""
    return _at_work[0](schema)
