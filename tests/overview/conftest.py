"""``./up check overview`` and its option."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--seed``: other regions, made at random."""
    parser.addoption("--seed", type=int, default=1, help="Which random regions the overview is proven on.")
