"""Pages and the interface fetch by the words of the domain, which say who may see what: ``published()``.

A raw ``Model.objects.filter(…)`` in a view says nothing of its reader, and what it leaves out has to be remembered
each time. A QuerySet's own method comes first, and whatever narrows it further may follow.
"""

import ast
from pathlib import Path

import pytest
from django.db.models import QuerySet

PROJECT = Path(__file__).resolve().parents[1]
SHOWING = ("frontend", "api")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
REFERENCE = {"Keyword", "Municipality", "Sector"}
"""Lists of the public schema, which everybody may read."""
RAW = {name for name in dir(QuerySet) if not name.startswith("_")} - {"none", "model"}


def raw_queries(source: str) -> list[str]:
    """The raw queries in a module, as ``line: Model.method``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute):
            continue
        manager = node.value
        if manager.attr in MANAGERS and node.attr in RAW:
            model = ast.unparse(manager.value)
            if model.rpartition(".")[2] not in REFERENCE:
                found.append(f"{node.lineno}: {model}.{node.attr}")
    return found


@pytest.mark.parametrize("root", SHOWING)
def test_what_shows_asks_by_the_words_of_the_domain(root: str) -> None:
    modules = sorted((PROJECT / root).rglob("*.py"))
    assert modules
    found = {
        f"{module.relative_to(PROJECT)}:{query}" for module in modules for query in raw_queries(module.read_text())
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Paper.objects.filter(number=1)", ["1: Paper.filter"]),
        ("models.Paper.objects.all()", ["1: models.Paper.all"]),
        ("type(record)._base_manager.select_for_update()", ["1: type(record).select_for_update"]),
        ("Paper.objects.published().filter(number=1)", []),
        ("meeting.papers.filter(number=1)", []),
        ("Keyword.objects.all()", []),
        ("Paper.objects.none()", []),
    ],
)
def test_a_raw_query_is_found_and_a_named_one_is_not(source: str, expected: list[str]) -> None:
    assert raw_queries(source) == expected
