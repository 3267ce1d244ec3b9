"""Where tenancy learns about regions: the app that keeps them stands above and registers itself here."""

from collections.abc import Callable
from typing import Protocol


class HostedRegion(Protocol):
    """What a request needs to know of its region."""

    @property
    def schema_name(self) -> str: ...
    @property
    def is_active(self) -> bool: ...


_find: list[Callable[[str], HostedRegion | None]] = []
_at_work: list[Callable[[], list[str]]] = []


def regions_are_kept_by(find: Callable[[str], HostedRegion | None], at_work: Callable[[], list[str]]) -> None:
    """Register who knows the regions: ``find`` by host name, ``at_work`` the schemas of the active ones."""
    _find[:], _at_work[:] = [find], [at_work]


def find_region(host: str) -> HostedRegion | None:
    """The region of a host name, None for a host that is no region's."""
    return _find[0](host)


def schemas_at_work() -> list[str]:
    """The schemas of all active regions."""
    return _at_work[0]()
