"""The list of what waits for a person, made by the records themselves.

Each app registers sources; the workspace's home asks them all. A source returns few rows by a constant number of
queries, and never waits on another region.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Todo:
    """One thing to do: a sentence that begins with a verb, and the page where it is done."""

    title: str
    url_name: str
    """A named address of the workspace, such as ``workspace:meeting``."""
    url_kwargs: dict[str, Any] = field(default_factory=dict)
    due: date | None = None
    """The Finnish date by which it should be done; None when there is no hurry."""
    detail: str = ""
    kind: str = ""
    """The app that asks, for grouping."""


type Source = Callable[[Any], Iterable[Todo]]

_sources: list[Source] = []
_national: list[Source] = []


def source(function: Source) -> Source:
    """Register a function from a user to what waits for them in their region."""
    _sources.append(function)
    return function


def national_source(function: Source) -> Source:
    """Register a function from a user of the national programme to what waits for them. No region is asked there."""
    _national.append(function)
    return function


def todos_of(user: Any, *, national: bool = False) -> list[Todo]:
    """Everything that waits for ``user``: what has a date first, the nearest date on top."""
    waiting = [todo for one in (_national if national else _sources) for todo in one(user)]
    return sorted(waiting, key=lambda todo: (todo.due is None, todo.due or date.max, todo.title))
