"""Every address of both kinds of site, with samples of what it needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from yhdys.web.workspace.councils.views.records import KINDS

SITES = {"yhdys.config.urls_region": "kainuu.localhost", "yhdys.config.urls_national": "localhost"}
SAMPLES: dict[str, Any] = {
    "uuid": UUID("01930000-0000-7000-8000-000000000000"),
    "int": 1,
    "slug": "x",
    "string": "x",
    "path": "x",
    "isodate": date(2026, 3, 10),
}
"""One value for each kind of converter; it names nothing that there is."""
BY_PATTERN = {"colour": "005a9c", "path": "no/such/thing"}
"""Parts of addresses that are regular expressions."""


@dataclass(frozen=True)
class Address:
    """One pattern of one site."""

    urlconf: str
    name: str
    """With its namespace; a pattern that has no name of its own is called by its route in brackets."""
    pattern: URLPattern
    kwargs: dict[str, Any]
    route: str

    @property
    def host(self) -> str:
        return SITES[self.urlconf]

    @property
    def path(self) -> str:
        """An address that the pattern matches, in Finnish."""
        if self.pattern.name is None:
            return "/" + self.route.partition("(")[0] + "no/such/thing"
        return reverse(self.name, urlconf=self.urlconf, kwargs=self.kwargs)

    def __str__(self) -> str:
        return f"{self.host}-{self.name}"


def addresses(urlconf: str) -> Iterator[Address]:
    """Every pattern of a site."""
    yield from _walk(urlconf, get_resolver(urlconf), (), {}, "")


def _walk(
    urlconf: str, resolver: URLResolver, namespaces: tuple[str, ...], given: dict[str, Any], route: str
) -> Iterator[Address]:
    for one in resolver.url_patterns:
        needs = given | _samples(one)
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(urlconf, one, (*namespaces, *filter(None, [one.namespace])), needs, here)
            continue
        if "kind" in needs:  # Only kinds that there are have addresses.
            needs["kind"] = next(name for name, kind in KINDS.items() if kind.has_body is ("pk" in needs))
        yield Address(urlconf, ":".join([*namespaces, one.name or f"({here})"]), one, needs, here)


def _samples(one: URLPattern | URLResolver) -> dict[str, Any]:
    converters = getattr(one.pattern, "converters", {})
    by_pattern = {name: BY_PATTERN[name] for name in getattr(one.pattern, "regex", None).groupindex if not converters}  # type: ignore[union-attr]
    return by_pattern | {
        name: SAMPLES[type(converter).__name__.removesuffix("Converter").lower()]
        for name, converter in converters.items()
    }
