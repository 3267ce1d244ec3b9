"""Values that a kept page must not keep: they are put in as it goes out, each time anew."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest

_makers: dict[str, Callable[[str], str]] = {}


def late_value[F: Callable[[str], str]](kind: str) -> Callable[[F], F]:
    """Register the function that makes values of a kind, each from one argument. They stand in HTML as they are."""

    def register(make: F) -> F:
        _makers[kind] = make
        return make

    return register


@dataclass(slots=True)
class Late:
    """The places that a page which is being made leaves open."""

    places: list[tuple[str, str, str]] = field(default_factory=list)
    """What stands there now, and the kind and argument of what will."""

    def leave(self, kind: str, argument: str) -> str:
        """Open a place, and answer what stands there until the page goes out."""
        mark = f"late-{secrets.token_hex(16)}"
        self.places.append((mark, kind, argument))
        return mark


def value(request: HttpRequest, kind: str, argument: str) -> str:
    """A value for this page: a place left open when the page is made to be kept, else the value itself."""
    late: Late | None = getattr(request, "late", None)
    return _makers[kind](argument) if late is None else late.leave(kind, argument)


def filled(body: bytes, places: list[tuple[str, str, str]]) -> bytes:
    """The body with a fresh value in each place."""
    for mark, kind, argument in places:
        body = body.replace(mark.encode(), _makers[kind](argument).encode())
    return body
