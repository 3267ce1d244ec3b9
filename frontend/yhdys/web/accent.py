"""A region's colour, made legible: whatever colour a region chooses, its links, buttons and bands pass WCAG 2.1 AA.

The chosen colour is shown as it is only where nothing is read from it. What carries text or a meaning is the same hue,
darkened or lightened in the OKLab colour space until its contrast is measured to be enough.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

DEFAULT = "#1d4f8c"
INK = "#1f2730"
WHITE = "#ffffff"
TEXT_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3: text of ordinary size."""
STRONG_CONTRAST = 5.5
"""Links and buttons against white: more than the law asks, since they also stand on tinted bands."""
DEEP_CONTRAST = 9.0
"""The dark bands on top and bottom, and the hover colours."""
_HEX = re.compile(r"#[0-9a-f]{6}")


class NotAColour(ValueError):
    """What was given is not ``#rrggbb``."""


def _channels(colour: str) -> tuple[float, float, float]:
    if not _HEX.fullmatch(colour):
        raise NotAColour(colour)
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _companded(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.1). Raises NotAColour."""
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1). Raises NotAColour."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _to_oklch(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    channels = (round(255 * min(1.0, max(0.0, _companded(max(0.0, channel))))) for channel in linear)
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _darkened(colour: str, least: float) -> str:
    """The lightest shade of ``colour`` whose contrast against white is at least ``least``."""
    if contrast(colour, WHITE) >= least:
        return colour
    lightness, chroma, hue = _to_oklch(colour)
    while lightness > 0:
        shade = _from_oklch(lightness, chroma, hue)
        if contrast(shade, WHITE) >= least:
            return shade
        lightness -= 0.005
        chroma *= 0.995
    return "#000000"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a page, all of one hue, each ``#rrggbb``."""

    accent: str
    """As the region chose it: decoration only."""
    strong: str
    """Links, buttons, marks of the current place; white text is legible on it."""
    deep: str
    """The dark bands and hover; white text is legible on it."""
    tint: str
    """The light bands; ink, ``strong`` and ``deep`` are legible on it."""
    line: str
    """Borders of the light bands."""

    def stylesheet(self) -> str:
        """The rules that give a page these colours."""
        return (
            f":root{{--accent:{self.accent};--accent-strong:{self.strong};--accent-deep:{self.deep};"
            f"--accent-tint:{self.tint};--accent-line:{self.line}}}\n"
        )


@lru_cache(maxsize=512)
def palette(colour: str) -> Palette:
    """The legible palette of a region's colour ``#rrggbb`` (case does not matter). Raises NotAColour."""
    colour = colour.lower()
    _lightness, chroma, hue = _to_oklch(colour)
    tint = _from_oklch(0.968, min(chroma, 0.012), hue)
    strong = _darkened(colour, STRONG_CONTRAST)
    lightness, deep_chroma, deep_hue = _to_oklch(strong)
    # Near black stays itself; the others get visibly darker than the links, which they stand beside.
    deep = _darkened(_from_oklch(max(0.0, lightness - 0.1), deep_chroma * 0.9, deep_hue), DEEP_CONTRAST)
    return Palette(accent=colour, strong=strong, deep=deep, tint=tint, line=_from_oklch(0.85, min(chroma, 0.035), hue))


def usable(colour: str) -> str:
    """``colour`` in lower case if it is one, else the default: a broken setting must not break a page."""
    colour = colour.lower()
    return colour if _HEX.fullmatch(colour) else DEFAULT
