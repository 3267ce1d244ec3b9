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
    """The seconds of each work over ``rounds`` turns, after one turn that is not counted.

    Each turn begins with another work, so that none always comes first. One that measures itself answers its seconds.
    """
    seconds: Turns = {name: [] for name in works}
    names = list(works)
    for turn in range(rounds + 1):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            start = time.perf_counter()
            told = works[name]()
            taken = time.perf_counter() - start
            if turn:
                seconds[name].append(told if isinstance(told, float) else taken)
    return seconds


def interleaved(works: dict[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median seconds of each work over ``rounds`` turns, after one turn that is not counted."""
    return {name: statistics.median(times) for name, times in in_turns(works, rounds=rounds).items()}


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used up to now; 0 where the kernel does not tell it."""
    told = Path(f"/proc/{pid}/schedstat")
    try:
        return int(told.read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


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
