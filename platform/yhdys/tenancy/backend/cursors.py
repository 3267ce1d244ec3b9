"""Cursors whose statements run as the role, and along the path, of the scope in which they are sent.

The last moment before a statement leaves is the only one at which it is certain whose it is, so this is where the
server's own word is compared with what is wanted. When they differ, the switch travels in front of the statement in the
same message: no waiting for an answer, and when the switch fails the server reads no further, so nothing has run.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.utils import NotSupportedError
from psycopg import InterfaceError, sql
from psycopg.copy import Copy
from psycopg.pq.abc import PGconn, PGresult

from yhdys.tenancy.context import Scope, require_scope
from yhdys.tenancy.revisions import changed_by

if TYPE_CHECKING:  # What Django's are to psycopg; the stubs know neither.
    from psycopg import ClientCursor, ServerCursor

    type Rows = tuple[Any, ...]
    Cursor = ClientCursor[Rows]
    ServerSideCursor = ServerCursor[Rows]
else:
    from django.db.backends.postgresql.base import Cursor, ServerSideCursor

type Changing = Callable[[Scope, Collection[str]], AbstractContextManager[None] | None]
_NOTHING = nullcontext()


@lru_cache(maxsize=4096)
def switch(scope: Scope, database: str) -> bytes:
    """The words that make a connection the scope's: its role and its path, always both."""
    role, path = sql.Identifier(scope.role_in(database)), sql.SQL(", ").join(map(sql.Identifier, scope.path))
    return sql.SQL("SET ROLE {}; SET search_path TO {};\n").format(role, path).as_bytes(None)


def way_home(connection: PGconn, database: str) -> bytes:
    """What has to be said before a statement of the running code; nothing when the server reports its path already.

    Raises NoScope outside every scope, NotSupportedError on a server that does not report.
    """
    scope = require_scope()
    reported = connection.parameter_status(b"search_path")
    if reported == scope.reported_path:
        return b""
    if reported is None:
        raise NotSupportedError("PostgreSQL 18 or newer is needed: older servers do not report search_path.")
    return switch(scope, database)


class HomeCursor(Cursor):
    """Sends each statement with its way home in front of it."""

    def __init__(self, connection: Any, database: str, changing: Changing) -> None:
        super().__init__(connection)
        self._database, self._changing = database, changing
        self._went_ahead = 0
        """How many statements of ours stood before the one that was asked."""

    def execute(self, query: Any, *rest: Any, **options: Any) -> Any:
        noting = self._noting(query)
        if noting is None:  # most statements only read
            return super().execute(query, *rest, **options)
        with noting:
            return super().execute(query, *rest, **options)

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        way = way_home(self._pgconn, self._database)
        self._went_ahead = way.count(b";") if way else 0
        if force_extended or binary is not None or self._conn._pipeline:
            if way:
                raise InterfaceError("A message that holds one statement left before its connection was at home.")
            super()._execute_send(query, force_extended=force_extended, binary=binary)
        else:
            self._query = query  # as it was asked: what is logged is the statement
            self._pgconn.send_query(way + query.query)

    def _set_results(self, results: list[PGresult]) -> None:
        # All of them were checked before: a switch that failed has raised.
        if self._went_ahead:
            results = results[self._went_ahead :] or results[-1:]
        super()._set_results(results)

    def executemany(self, query: Any, params_seq: Iterable[Any], *, returning: bool = False) -> None:
        self._go_ahead()
        with self._noting(query) or _NOTHING:
            super().executemany(query, params_seq, returning=returning)

    def stream(self, query: Any, *rest: Any, **options: Any) -> Iterator[Any]:
        self._go_ahead()
        with self._noting(query) or _NOTHING:
            yield from super().stream(query, *rest, **options)

    @contextmanager
    def copy(self, statement: Any, *rest: Any, **options: Any) -> Iterator[Copy]:
        self._go_ahead()
        with self._noting(statement) or _NOTHING, super().copy(statement, *rest, **options) as copy:
            yield copy

    def _noting(self, statement: Any) -> AbstractContextManager[None] | None:
        """Note what a statement changes, so that what others keep of it is known to be old. Raises NoScope."""
        scope = require_scope()
        changed = changed_by(statement, scope)
        return self._changing(scope, changed) if changed else None

    def _go_ahead(self) -> None:
        """Switch in a message of its own, before those that hold only one statement."""
        if way := way_home(self._pgconn, self._database):
            self._conn.execute(way)


class HomeServerSideCursor(ServerSideCursor):
    """Is declared in the scope of the code that runs it, and keeps that role's rights until it is closed."""

    def __init__(self, connection: Any, database: str, **options: Any) -> None:
        super().__init__(connection, **options)
        self._database = database

    def execute(self, *statement: Any, **options: Any) -> Any:
        if way := way_home(self._pgconn, self._database):
            self._conn.execute(way)
        return super().execute(*statement, **options)
