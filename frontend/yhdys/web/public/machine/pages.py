"""Which public pages there are, for search engines. Each domain registers a source of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Page:
    """One published page: the name of its address, with the parts, and when it was last edited."""

    name: str
    kwargs: dict[str, Any] = field(default_factory=dict)
    edited_at: datetime | None = None

    def paths(self, languages: Iterable[str]) -> dict[str, str]:
        """Its path in each of ``languages``; empty when no page of that name exists."""
        paths = {}
        for language in languages:
            with translation.override(language):
                try:
                    paths[language] = reverse(self.name, urlconf=settings.REGION_URLCONF, kwargs=self.kwargs)
                except NoReverseMatch:
                    continue
        return paths


type Source = Callable[[], Iterable[Page]]
_sources: list[Source] = []


def page_source(source: Source) -> Source:
    """Register a function that yields the published pages of one domain, by a constant number of queries."""
    _sources.append(source)
    return source


def published_pages() -> Iterator[Page]:
    """Every page of the current region that the public may read."""
    for source in _sources:
        yield from source()
