"""The doors of the public sites, in their order. A page that does not exist has no door."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

type Door = tuple[str, str | Promise]

PUBLIC: tuple[Door, ...] = (
    ("public:council", pgettext_lazy("navigation", "The council")),
    ("public:meetings", pgettext_lazy("navigation", "Meetings")),
    ("public:positions", pgettext_lazy("navigation", "Positions")),
    ("public:strategy", pgettext_lazy("navigation", "Strategy")),
    ("public:networks", pgettext_lazy("navigation", "Networks")),
    ("public:organisations", pgettext_lazy("navigation", "Organisations")),
    ("public:news", pgettext_lazy("navigation", "News")),
    ("public:contacts", pgettext_lazy("navigation", "Contact")),
)
NATIONAL: tuple[Door, ...] = (
    ("national:home", pgettext_lazy("navigation", "Regions")),
    ("national:figures", pgettext_lazy("navigation", "Figures")),
    ("national:published", pgettext_lazy("navigation", "Published")),
)
LEGAL: tuple[Door, ...] = (
    ("national:accessibility", _("Accessibility statement")),
    ("national:privacy", _("Privacy notice")),
    ("public:accessibility", _("Accessibility statement")),
    ("public:feedback", _("Accessibility feedback")),
    ("public:privacy", _("Privacy notice")),
    ("public:open-data", _("Open data")),
)


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link of a navigation."""

    label: str
    url: str
    is_current: bool


def address(name: str) -> str:
    """The address of a named page, empty where the site has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def address_with(name: str, **kwargs: str) -> str:
    """The address of a named page with its parts, empty where the site has none."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def items(doors: tuple[Door, ...], path: str) -> list[NavigationItem]:
    """The doors that exist; the one whose address is the longest beginning of ``path`` is the current one.

    Every address begins as the front page's does, so that door is current on the front page alone.
    """
    there = [(name, str(label), url) for name, label, url in ((n, label, address(n)) for n, label in doors) if url]
    fitting = (
        url for name, _label, url in there if path == url or (path.startswith(url) and not name.endswith(":home"))
    )
    current = max(fitting, key=len, default="")
    return [NavigationItem(label, url, url == current) for _name, label, url in there]
