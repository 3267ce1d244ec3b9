"""Which public page a request asks for: the parts of its address that a page may depend on, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict

LONGEST = 400
"""Characters of a path, and of a query, of a page that is kept."""
SEEN = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUEST_ID")
"""The headers that the making of a kept page sees; what it cannot see it cannot depend on."""

_known: set[str] = set()


def public_page[V: Callable[..., Any]](*parameters: str) -> Callable[[V], V]:
    """Declare that a view shows everybody without an account the same page, and which parameters of a query it reads.

    Such a page is kept until the region changes. Parameters not named here are not there for the view.
    """
    _known.update(parameters)

    def declare(view: V) -> V:
        view.public_page = frozenset(parameters)  # type: ignore[attr-defined]  # read by parameters_of
        return view

    return declare


def parameters_of(view: Callable[..., Any]) -> frozenset[str] | None:
    """The parameters that a public page reads; None for a view that is none."""
    return getattr(view, "public_page", None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of the current scope. Two requests that ask for the same get the same."""

    scheme: str
    host: str
    path: str
    query: str

    def with_query(self, query: str) -> "Asked":
        """The same page with another query."""
        return self if query == self.query else replace(self, query=query)

    @property
    def name(self) -> str:
        """One line; none of the parts before the query has a space."""
        return f"{self.scheme}://{self.host} {self.query} {self.path}"


def asked_by(request: HttpRequest) -> Asked | None:
    """The page that a request asks for, if one is kept of it: to read, for nobody in particular, on a plain host."""
    meta = request.META
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta:
        return None
    cookies = meta.get("HTTP_COOKIE")
    if cookies and (settings.SESSION_COOKIE_NAME in cookies or settings.YHDYS_MESSAGES_COOKIE_NAME in cookies):
        return None
    host, query, path = meta.get("HTTP_HOST", ""), meta.get("QUERY_STRING", ""), request.path_info
    if not is_plain(host) or len(path) > LONGEST or len(query) > LONGEST:
        return None
    return Asked(request.scheme or "http", host, path, narrowed(query, _known) if query else "")


def is_plain(host: str) -> bool:
    """Whether a host stands as our own links write it: pages repeat it, so any other spelling is another page."""
    name, _colon, port = host.partition(":")
    return name == name.lower() and not name.endswith(".") and (not port or port == str(settings.YHDYS_PORT))


def narrowed(query: str, names: frozenset[str] | set[str]) -> str:
    """A query with only the named parameters, in one order and one spelling, empty ones left out.

    >>> narrowed("page=2&utm_source=x&kind=", {"kind", "page"})
    'page=2'
    """
    try:
        pairs = parse_qsl(query, max_num_fields=50)
    except ValueError:
        return ""
    return urlencode(sorted((name, value) for name, value in pairs if name in names))


def narrow(request: HttpRequest, query: str) -> None:
    """Let a request have been sent with another query."""
    request.META["QUERY_STRING"] = query
    request.__dict__["GET"] = QueryDict(query, encoding=request.encoding)  # the place of a cached property


def blind(request: HttpRequest) -> None:
    """Take from a request all that its page may not depend on: cookies, and headers but for those of ``SEEN``."""
    request.COOKIES.clear()
    for name in [name for name in request.META if name.startswith("HTTP_") and name not in SEEN]:
        del request.META[name]
    request.__dict__.pop("headers", None)  # made of META when it is asked for
