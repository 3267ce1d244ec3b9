"""Trends as line drawings, made on the server: lines differ by dashes and marks, and every number is in the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from yhdys.overview.trends import Point

WIDTH, HEIGHT = 360.0, 170.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 10.0, 12.0, 24.0
"""Room for the numbers of the axes, in units of the drawing."""
MARKS = ("circle", "square", "triangle", "diamond")
MOST_LINES = len(MARKS)
"""More cannot be told apart without colour."""
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a line."""

    x: float
    y: float
    shape: str
    """Of a mark that is no circle: the points of its outline."""


@dataclass(frozen=True, slots=True)
class Line:
    """One region's line: ``number`` from 1 gives it its dashes and its mark."""

    label: str
    number: int
    kind: str
    path: str
    marks: list[Mark]

    @property
    def sample(self) -> str:
        """The outline of its mark in the key of the chart."""
        return outline(self.kind, 18, 7)


@dataclass(frozen=True, slots=True)
class Tick:
    """One word of an axis, and where it stands."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing."""

    lines: list[Line]
    across: list[Tick]
    up: list[Tick]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT


def draw(lines: Sequence[tuple[str, Sequence[Point]]], labels: Sequence[str]) -> Chart | None:
    """Draw named lines over the periods called ``labels``; None when there is nothing to draw.

    A number that is too small to be told, or not known, leaves a gap.
    """
    values = [point.value for _name, points in lines for point in points if point.is_known and point.value is not None]
    if not values or len(labels) < 2:
        return None
    top = ceiling(max(values))
    xs = [round(LEFT + (WIDTH - LEFT - RIGHT) * place / (len(labels) - 1), 1) for place in range(len(labels))]
    drawn = [_line(name, number, points, xs, top) for number, (name, points) in enumerate(lines[:MOST_LINES], start=1)]
    named = sorted({0, (len(labels) - 1) // 2, len(labels) - 1})
    halves = [0, top // 2, top] if top % 2 == 0 else [0, top]
    return Chart(
        drawn,
        across=[Tick(labels[place], xs[place]) for place in named],
        up=[Tick(str(value), _height(value, top)) for value in halves],
    )


def ceiling(largest: int) -> int:
    """The least round number that is not smaller: 1, 2, 5, 10, 20, 50 …"""
    power = 1
    while True:
        for step in STEPS:
            if step * power >= largest:
                return step * power
        power *= 10


def outline(kind: str, x: float, y: float) -> str:
    """The points of a mark around a place; empty for a circle."""
    corners = {
        "square": ((-3, -3), (3, -3), (3, 3), (-3, 3)),
        "triangle": ((0, -4), (4, 3), (-4, 3)),
        "diamond": ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0)),
    }.get(kind, ())
    return " ".join(f"{x + right:.1f},{y + down:.1f}" for right, down in corners)


def _line(name: str, number: int, points: Sequence[Point], xs: Sequence[float], top: int) -> Line:
    kind = MARKS[number - 1]
    marks: list[Mark] = []
    path, is_drawing = [], False
    for x, point in zip(xs, points, strict=True):
        if not point.is_known or point.value is None:
            is_drawing = False
            continue
        y = _height(point.value, top)
        path.append(f"{'L' if is_drawing else 'M'}{x:.1f} {y:.1f}")
        is_drawing = True
        marks.append(Mark(x, y, outline(kind, x, y)))
    return Line(name, number, kind, " ".join(path), marks)


def _height(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)
