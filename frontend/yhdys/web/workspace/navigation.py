"""The doors of the workspace. Each domain registers its own, with the right that opens it."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from yhdys.accounts.models import User
from yhdys.core import access
from yhdys.tenancy.context import require_scope


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation."""

    url_name: str
    label: str | Promise
    order: int
    permission: str | None
    """Asked with the site as a whole; None lets in everybody who is signed in."""
    covers: tuple[str, ...] = ()
    """Names of pages with addresses of their own that lie behind this door."""


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A door as one user sees it on one page."""

    label: str
    url: str
    is_current: bool


_doors: dict[str, Door] = {}


def door(
    url_name: str, label: str | Promise, *, order: int, permission: str | None = None, covers: tuple[str, ...] = ()
) -> None:
    """Register an entry, in a domain's ``urls.py``. ``order``: 10 home, 20 meetings, 30 councils, 35 nominations,
    40 organisations, 50 news, 60 letters, 80 users, 90 settings.
    """
    _doors[url_name] = Door(url_name, label, order, permission, covers)


def items_for(user: User, path: str) -> list[NavigationItem]:
    """The entries that ``user`` may open on this site, in order.

    The one whose address is the longest beginning of ``path`` is the current one. A site that lacks a page has no
    door to it: the national workspace has no meetings.
    """
    there: list[tuple[str, str]] = []
    behind: dict[str, str] = {}
    for one in sorted(_doors.values(), key=lambda one: one.order):
        try:
            url = reverse(one.url_name)
        except NoReverseMatch:
            continue  # Before its right is asked: on the national site there is no council to ask about.
        if one.permission is None or access.allowed(user, one.permission, require_scope()):
            there.append((str(one.label), url))
            behind |= dict.fromkeys((url, *map(reverse, one.covers)), url)
    current = behind.get(max(filter(path.startswith, behind), key=len, default=""), "")
    return [NavigationItem(label, url, url == current) for label, url in there]
