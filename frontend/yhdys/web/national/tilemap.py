"""The regions of Finland as a map of equal hexagons: each stands about where it is, and all are seen alike.

Drawn from the positions below, not from anybody's map data.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from yhdys.overview.queries import RegionOverview

POSITIONS: dict[str, tuple[float, int]] = {
    "lappi": (3, 0),
    "pohjois-pohjanmaa": (2.5, 1),
    "kainuu": (3.5, 1),
    "keski-pohjanmaa": (2, 2),
    "pohjois-savo": (3, 2),
    "pohjois-karjala": (4, 2),
    "pohjanmaa": (0.5, 3),
    "etela-pohjanmaa": (1.5, 3),
    "keski-suomi": (2.5, 3),
    "etela-savo": (3.5, 3),
    "satakunta": (1, 4),
    "pirkanmaa": (2, 4),
    "paijat-hame": (3, 4),
    "etela-karjala": (4, 4),
    "varsinais-suomi": (1.5, 5),
    "kanta-hame": (2.5, 5),
    "kymenlaakso": (3.5, 5),
    "ahvenanmaa": (0, 6),
    "uusimaa": (2, 6),
}
"""Column and row of each region; every other row is half a hexagon to the right."""
STEP, PITCH, RADIUS = 104.0, 90.0, 57.0
"""From column to column, from row to row, and from a hexagon's centre to its corner, in units of the drawing."""
WIDTH, HEIGHT = 5 * STEP, 6 * PITCH + 2 * RADIUS + 4
LINE = 18.0
"""From one line of a name to the next."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a region's name and where it stands."""

    text: str
    y: float


@dataclass(frozen=True, slots=True)
class Tile:
    """One region's hexagon."""

    region: RegionOverview
    url: str
    points: str
    x: float
    y: float
    lines: list[Line]
    initials: str
    """Stands for the name where there is no room for it."""


@dataclass(frozen=True, slots=True)
class TileMap:
    """The whole drawing."""

    tiles: list[Tile]
    width: float = WIDTH
    height: float = HEIGHT


def draw(regions: Iterable[RegionOverview]) -> TileMap:
    """The map of these regions, in the order of reading: from the north, from the west."""
    placed = sorted(regions, key=lambda region: tuple(reversed(POSITIONS[region.slug])))
    return TileMap([_tile(region) for region in placed])


def _tile(region: RegionOverview) -> Tile:
    column, row = POSITIONS[region.slug]
    x, y = STEP * (column + 0.5), PITCH * row + RADIUS + 2
    corners = (math.radians(60 * corner - 30) for corner in range(6))
    points = " ".join(f"{x + RADIUS * math.cos(a):.1f},{y + RADIUS * math.sin(a):.1f}" for a in corners)
    words = re.findall(r"[^\s-]+-?", region.name)
    top = y + 5 - LINE * (len(words) - 1) / 2
    lines = [Line(word, round(top + LINE * number, 1)) for number, word in enumerate(words)]
    return Tile(region, reverse("national:region", args=[region.slug]), points, x, round(y, 1), lines, _initials(words))


def _initials(words: list[str]) -> str:
    """Lap for Lappi, P-K for Pohjois-Karjala, N K for North Karelia."""
    if len(words) == 1:
        return words[0][:3]
    return "".join(f"{word[0]}{'-' if word.endswith('-') else ' '}" for word in words).strip(" -")
