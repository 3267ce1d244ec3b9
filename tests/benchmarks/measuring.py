"""How benchmarks measure: the things compared take turns in one run, so that a slow moment of the machine hits all."""

import os
import platform
import statistics
import time
from collections.abc import Callable


def interleaved(works: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median seconds of each work over ``rounds`` turns, after one turn that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def machine() -> str:
    """What the figures were measured on."""
    return f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}"
