"""A browser's name for itself, in words that its owner knows."""

import re

from django.utils.translation import gettext as _

BROWSERS = (
    (re.compile(r"Edg(?:e|A|iOS)?/"), "Edge"),
    (re.compile(r"OPR/|Opera"), "Opera"),
    (re.compile(r"SamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"Vivaldi/"), "Vivaldi"),
    (re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    (re.compile(r"Chrome/|CriOS/|Chromium/"), "Chrome"),
    (re.compile(r"Version/.*Safari/"), "Safari"),
)
"""The first that fits: most browsers also claim to be the ones below them."""
SYSTEMS = (
    (re.compile(r"iPhone"), "iPhone"),
    (re.compile(r"iPad"), "iPad"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"CrOS"), "ChromeOS"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Mac OS X|Macintosh"), "Mac"),
    (re.compile(r"Linux|X11"), "Linux"),
)


def device_in_words(browser: str) -> str:
    """``Firefox, Windows`` for the ``User-Agent`` of a browser; what it does not tell is left out."""
    known = [next((name for pattern, name in names if pattern.search(browser)), None) for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, known)) or _("Unknown device")
