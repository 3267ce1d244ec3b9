"""Each protection has somebody who notices when it is gone, and nobody waits for one that does not exist."""

import ast
from pathlib import Path

from tests.isolation.protections import PROTECTIONS


def watched() -> list[str]:
    """The protections that tests of this folder fall without."""
    return [
        name.value
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "falls_without"
        for name in node.args
        if isinstance(name, ast.Constant)
    ]


def test_every_protection_is_taken_away_in_turn() -> None:
    assert set(watched()) == set(PROTECTIONS)
