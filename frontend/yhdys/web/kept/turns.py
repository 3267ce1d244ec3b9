"""Moments at which a region's public pages change though nobody writes: a meeting begins, or is over."""

from collections.abc import Callable
from datetime import datetime

type Turn = Callable[[datetime], datetime | None]
_turns: list[Turn] = []


def page_turn(turn: Turn) -> Turn:
    """Register a function that tells the next such moment of the current region after a moment, None for none."""
    _turns.append(turn)
    return turn


def next_turn(after: datetime) -> datetime | None:
    """The nearest of all."""
    return min((moment for turn in _turns if (moment := turn(after)) is not None), default=None)
