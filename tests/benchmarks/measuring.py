"""How benchmarks measure: the things compared take turns in one run, so that a slow moment of the machine hits all."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from django.db import connections

type Turns = dict[str, list[float]]
"""The seconds of each work, turn by turn."""


def in_turns(works: dict[str, Callable[[], object]], *, rounds: int) -> Turns:
    """The seconds of each work over ``rounds`` turns, after one turn that is not counted."""
    seconds: Turns = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def interleaved(works: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median seconds of each work over ``rounds`` turns, after one turn that is not counted."""
    return {name: statistics.median(times) for name, times in in_turns(works, rounds=rounds).items()}


def ratio(ones: Sequence[float], others: Sequence[float]) -> float:
    """How many times longer the ones took than the others: the median of the ratios of each turn.

    Both works of a turn met the same moment of the machine, so this moves less than the ratio of two medians.
    """
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


@cache
def machine() -> str:
    """What the figures were measured on."""
    server = connections["owner"].pg_version
    parts = [
        _processor(),
        f"{os.cpu_count()} processors",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        f"PostgreSQL {server // 10000}.{server % 10000}",
        f"load {os.getloadavg()[0]:.1f}",
    ]
    return ", ".join(filter(None, parts))


def _processor() -> str:
    """The processor's name, where the kernel tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
