"""History in the order of time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from yhdys.core import clock


@dataclass
class Story:
    """What happens to the bodies, to be told in the order of time."""

    steps: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)

    def at(self, day: date, hour: int, step: Callable[[], None], minute: int = 0) -> None:
        """Let ``step`` happen on a Finnish day by the Finnish clock."""
        self.steps.append((clock.helsinki(day.year, day.month, day.day, hour, minute), len(self.steps), step))

    def tell(self) -> None:
        """Let everything that has come by now happen, the earliest first."""
        now = clock.now()
        for moment, _number, step in sorted(self.steps, key=lambda one: one[:2]):
            if moment <= now:
                with clock.at(moment):
                    step()
