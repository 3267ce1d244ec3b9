"""What is still open when a term ends.

Ending a term asks every registered source what of the body's work is open, and each matter is then carried over to the
next term or closed with a reason. A module above councils registers a source of its own; councils knows none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise

from yhdys.accounts.models import User
from yhdys.councils.enums import Settled
from yhdys.councils.models import Term


@dataclass(frozen=True)
class Unfinished:
    """One open matter."""

    about: UUID
    """The key of its record."""
    title: str
    detail: str = ""
    url_name: str = ""
    """A named address of the workspace where it can be looked at; empty for none."""
    url_kwargs: dict[str, Any] = field(default_factory=dict)
    due: date | None = None


class Source(Protocol):
    """What a module registers. Rights are asked of the term: who may end it may settle its work."""

    @property
    def key(self) -> str:
        """Such as ``meetings.tasks``; kept with what was settled, so it stays."""

    @property
    def title(self) -> str | Promise:
        """The heading, such as *Follow-up tasks*."""

    @property
    def carrying_over(self) -> str | Promise:
        """What carrying over does, in a sentence."""

    @property
    def closing(self) -> str | Promise:
        """What closing does, in a sentence."""

    def open_in(self, term: Term) -> Iterable[Unfinished]:
        """What is open, by a constant number of queries, in a lasting order."""

    def carry_over(self, about: UUID, *, to: Term | None, by: User | None) -> None:
        """Let the next term go on with it; ``to`` is None while none is planned. Raises ActionRefused."""

    def close(self, about: UUID, *, reason: str, by: User | None) -> None:
        """End it. Raises ActionRefused."""


@dataclass(frozen=True)
class Decision:
    """How one open matter is settled."""

    how: Settled
    reason: str = ""


type Decisions = dict[tuple[str, UUID], Decision]
"""By the source's key and the record's."""

_sources: dict[str, Source] = {}


def source[S: Source](made: Callable[[], S]) -> Callable[[], S]:
    """Register a source; a decorator of its class."""
    one = made()
    _sources[one.key] = one
    return made


def sources() -> list[Source]:
    """All that are registered, by key."""
    return [_sources[key] for key in sorted(_sources)]


def title_of(key: str) -> str:
    """The heading of a source, also of one that is no longer there: its key."""
    known = _sources.get(key)
    return str(known.title) if known is not None else key


def open_work(term: Term) -> list[tuple[Source, list[Unfinished]]]:
    """What is open, source by source; sources with nothing open are left out."""
    found = ((one, list(one.open_in(term))) for one in sources())
    return [(one, matters) for one, matters in found if matters]
