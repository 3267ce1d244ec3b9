"""What every benchmark finds: a place for its figures, which ``./up bench <name> --json`` tells at the end."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from yhdys.local.testing import FIGURES

type Figures = dict[str, float]


@pytest.fixture(scope="session")
def all_figures() -> Iterator[dict[str, Figures]]:
    """The figures of each benchmark of this run by its name."""
    figures: dict[str, Figures] = {}
    yield figures
    if path := os.environ.get(FIGURES):
        Path(path).write_text(json.dumps(figures))


@pytest.fixture
def figures(request: pytest.FixtureRequest, all_figures: dict[str, Figures]) -> Figures:
    """The figures of this benchmark, to be filled in."""
    return all_figures.setdefault(request.path.stem.removeprefix("bench_"), {})
