"""In whose name the running code works: a region's, the national site's, or nobody's.

The answer lives in a ContextVar, so threads, tasks and coroutines never see each other's. The database backend turns
it into a role and a search path; caches, files, logs and tasks read it too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from yhdys.core.errors import YhdysError
from yhdys.tenancy import roles

PUBLIC = "public"


class NoScope(YhdysError):
    """Code reached for regional data without saying whose."""


class LibraryTenancyRefused(YhdysError):
    """Somebody used the tenancy library's own switch, whose state threads share."""


class ScopesCrossed(YhdysError):
    """A scope was left while another one was set inside it: a generator carried its own out to whoever consumed it."""


class HasSchema(Protocol):
    """A region's row, or anything else that knows its schema."""

    schema_name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data may be touched, as which database role, along which search path.

    Every role has a path of its own, so that the path which the server reports tells which role is set.
    """

    schema: str
    path: tuple[str, ...]
    role: str | None = None
    """A deployment's named role; None means the region's own."""

    reported_path: bytes = field(init=False, repr=False, compare=False)
    """How the server writes the path when it reports ``search_path``."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reported_path", ", ".join(self.path).encode())

    def role_in(self, database: str) -> str:
        """The cluster-wide name of the role in this database."""
        if self.role is None:
            return roles.region_role(database, self.schema)
        return roles.role_name(database, self.role)


NATIONAL = Scope(PUBLIC, (PUBLIC,), roles.NATIONAL)
# The first schema of this path does not exist; it only makes the path differ from the national one.
FRONT = Scope(PUBLIC, ("as_front", PUBLIC), roles.FRONT)

# Likewise: one such path for each region, and one for the national site.
_AS_ERASER = "as_eraser"

_scope: ContextVar[Scope | None] = ContextVar("yhdys_scope", default=None)


def current_scope() -> Scope | None:
    """The scope of the running code, None outside every scope."""
    return _scope.get()


def require_scope() -> Scope:
    """The scope of the running code. Raises NoScope outside every scope."""
    scope = _scope.get()
    if scope is None:
        raise NoScope("Say whose data this is: yhdys.tenancy.context.in_region or in_national.")
    return scope


def current_schema() -> str:
    """The schema whose data the running code may touch; ``public`` on the national site. Raises NoScope."""
    return require_scope().schema


def any_schema() -> str | None:
    """The same, None outside every scope. Each record and each query asks when it is made."""
    scope = _scope.get()
    return None if scope is None else scope.schema


def in_a_region() -> bool:
    """Whether the running code works for one region."""
    scope = _scope.get()
    return scope is not None and scope.schema != PUBLIC


@contextmanager
def in_scope(scope: Scope) -> Iterator[None]:
    """Work in ``scope``; what was before comes back at the end, whatever happens inside.

    Raises ScopesCrossed when a generator that entered a scope was left suspended inside.
    """
    token = _scope.set(scope)
    try:
        yield
    finally:
        left_in = _scope.get()
        _scope.reset(token)
        if left_in is not scope:
            _scope.set(None)  # nobody's, for nobody knows any more whose
            raise ScopesCrossed(f"The scope of {scope.schema} was left in {left_in and left_in.schema}.")


@lru_cache(maxsize=4096)
def scope_of(schema: str) -> Scope:
    """The scope of a region, or the national one for ``public``."""
    return NATIONAL if schema == PUBLIC else Scope(schema, (schema, PUBLIC))


@contextmanager
def in_region(region: HasSchema | str) -> Iterator[None]:
    """Work for one region: its schema, its role, its cache keys, its files. Raises ValueError for no region."""
    schema = region if isinstance(region, str) else region.schema_name
    if not schema or schema == PUBLIC:
        raise ValueError("The public schema is no region.")
    with in_scope(scope_of(schema)):
        yield


@contextmanager
def in_national() -> Iterator[None]:
    """Work for the national programme: the public schema, its own users and the figures that regions push."""
    with in_scope(NATIONAL):
        yield


@lru_cache(maxsize=4096)
def _eraser_of(schema: str) -> Scope:
    return Scope(schema, (_AS_ERASER, schema), roles.ERASER)


@contextmanager
def in_eraser() -> Iterator[None]:
    """Blank personal data in the history of whoever the running code works for, and touch nothing else there.

    Raises NoScope.
    """
    with in_scope(_eraser_of(current_schema())):
        yield


@contextmanager
def in_front() -> Iterator[None]:
    """Look up which region a host name belongs to, and nothing else."""
    with in_scope(FRONT):
        yield
