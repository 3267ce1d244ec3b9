"""A word for what a region's tables hold now. It changes with every commit that changes them, and never comes back.

Whoever keeps what was made from a region's tables, such as a whole page, keeps it under the word that held *before* the
tables were read. A later reader who finds another word there makes it anew: what is kept is never older than the last
commit.

The words live in the cache server. Right before a transaction commits, the backend declares the region to be changing;
nobody keeps or takes anything then. Right after it, the region gets a new word. A process that dies between the two
leaves the declaration, which ends by itself, and a word that is missing is replaced by a new one. When the cache server
cannot be told, an effect in the outbox, written in the very same transaction, tells it later.

Which statements change what is seen where they pass, in the database backend: nobody has to remember it.
"""

import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from yhdys.tenancy.context import PUBLIC, Scope, current_schema

REFERENCE = "reference"
"""What every page may be made from besides its own schema: the public tables that regions read."""
LIFE = 60 * 60
"""Seconds a word holds at most, for changes that were made past our connections."""
COMMITTING = 30
"""Seconds a commit may take. After them the declaration of a process that died ends."""
PATIENCE = 0.5
"""Seconds to wait for the cache server: whoever waits longer might as well do without."""
PAUSE = 1.0
"""Seconds in which a reader does not ask the cache server again after it did not answer."""

PRIVATE = frozenset({
    "account_emailaddress", "account_emailconfirmation", "accounts_session", "accounts_user", "audit_entry",
    "audit_reading", "feedback_accessibilityfeedback", "feedback_feedbackanswer", "mail_mailattachment",
    "mail_outgoingmail",
    "mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialtoken", "tenancy_actionlink",
    "tenancy_keptlimit", "tenancy_outboxentry",
})  # fmt: skip
"""Tables of which no public page is ever made: a change of them is no change. Whoever keeps a page proves it."""

_CHANGING = "-"
_READS = ("SELECT ", "(SELECT ", "SAVEPOINT ", "RELEASE SAVEPOINT ", "DECLARE ", "FETCH ", "CLOSE ")
_WRITES = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"(\w+)"', re.IGNORECASE)

# KEYS: the word, the commits on their way. ARGV: the commit's name, seconds it may take.
_BEGIN = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[2])
redis.call('SET', KEYS[1], '-', 'EX', ARGV[2])
"""
# The same keys. ARGV: the commit's name, the new word, its life. While another commit is on its way no word holds.
_END = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
if last[2] then
  redis.call('SET', KEYS[1], '-', 'EX', math.max(1, last[2] - now))
else
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
"""

log = structlog.get_logger(__name__)
type Revision = str


def changed_by(statement: Any, scope: Scope) -> Collection[str]:
    """What a statement changes: nothing, the scope's schema, or the reference tables as well.

    What is not plainly a reading statement, or a change of a private table, counts as a change.
    """
    if isinstance(statement, str):
        if statement.startswith(_READS) and ";" not in statement:
            return ()
        return _changed_by(_table(statement), scope.schema)
    return _changed_by("", scope.schema)


def _table(statement: str) -> str:
    """The one table that a statement changes, as far as that can be seen."""
    found = _WRITES.match(statement)
    return found[1] if found is not None and ";" not in statement else ""


@lru_cache(maxsize=4096)
def _changed_by(table: str, schema: str) -> Collection[str]:
    if table in PRIVATE:
        return ()
    changed = {schema}
    if table.startswith("overview_"):  # Public tables, into which regions push.
        changed.add(PUBLIC)
    elif schema == PUBLIC:
        changed.add(REFERENCE)
    return frozenset(changed)


class Revisions:
    """The words, on one cache server. Safe for threads."""

    def __init__(self) -> None:
        self._client: redis.Redis | None = None
        self._own = threading.local()
        self._url = ""
        self._begin: Any = None
        self._end: Any = None
        self._asked_again_at = 0.0

    def client(self) -> redis.Redis:
        """The connections to the cache server, which bytes go through as they are."""
        if self._client is None or self._url != settings.CACHE_URL:
            self._url = settings.CACHE_URL
            client = redis.Redis.from_url(
                self._url,
                socket_connect_timeout=PATIENCE,
                socket_timeout=PATIENCE,
                # Once anew: the connection may be from before the server was started again.
                retry=Retry(NoBackoff(), 1),
                retry_on_error=[redis.ConnectionError],
            )
            self._begin, self._end = client.register_script(_BEGIN), client.register_script(_END)
            self._client = client
        return self._client

    def _ask(self, *keys: str) -> list[Any]:
        """The values of some keys, by a connection of this thread's own. Raises RedisError.

        Whoever finds a kept page does nothing else that takes as long, and what a client puts around a question (its
        pool, its counts) takes twice as long as the question.
        """
        line = self._line()
        try:
            line.send_command("MGET", *keys)
            return list(line.read_response())
        except redis.ConnectionError:  # It has hung up, and connects anew: it may be from before a new start.
            line.send_command("MGET", *keys)
            return list(line.read_response())

    def _line(self) -> Any:
        known = (settings.CACHE_URL, os.getpid())
        if getattr(self._own, "known", None) != known:
            pool = self.client().connection_pool
            self._own.line, self._own.known = pool.connection_class(**pool.connection_kwargs), known
        return self._own.line

    def current(self) -> Revision | None:
        """The word for what the running code may read, in its scope; None while it changes or cannot be known.

        Raises NoScope.
        """
        if time.monotonic() < self._asked_again_at:
            return None
        schema = current_schema()
        try:
            words = self._ask(_word_key(schema), _word_key(REFERENCE))
            known = [self._known(name, word) for name, word in zip((schema, REFERENCE), words, strict=True)]
        except redis.RedisError as error:
            self._asked_again_at = time.monotonic() + PAUSE
            log.warning("revisions.unknown", error=type(error).__name__)
            return None
        return None if _CHANGING in known else ".".join(known)

    def _known(self, name: str, word: Any) -> str:
        if word is None:
            new = secrets.token_hex(8)
            word = self.client().set(_word_key(name), new, ex=LIFE, nx=True, get=True)
            if word is None:
                return new
        return str(word, "ascii")

    def move(self, *names: str) -> None:
        """Give schemas (or the reference tables) new words. For changes past our connections. Raises RedisError."""
        for name in names:
            self._tell_end(name, "")

    def move_all(self) -> None:
        """Give everybody new words: what all pages may be made from has changed past our connections, or the code has.

        A cache server that is down is only noted; what it knows holds no longer than LIFE.
        """
        try:
            self.move(REFERENCE, PUBLIC)
        except redis.RedisError as error:
            log.warning("revisions.not_moved", error=type(error).__name__)

    @contextmanager
    def committing(self, names: Iterable[str], unheard: Callable[[], object]) -> Iterator[None]:
        """Declare ``names`` changing while the block commits. ``unheard`` is called first where nobody listens."""
        commit, listed = secrets.token_hex(8), sorted(names)
        try:
            self.client()
            for name in listed:
                self._begin(keys=[_word_key(name), _commits_key(name)], args=[commit, COMMITTING])
        except redis.RedisError as error:
            log.warning("revisions.not_declared", error=type(error).__name__)
            unheard()
        try:
            yield
        finally:
            try:
                for name in listed:
                    self._tell_end(name, commit)
            except redis.RedisError as error:
                log.warning("revisions.not_moved", error=type(error).__name__)

    def _tell_end(self, name: str, commit: str) -> None:
        self.client()
        self._end(keys=[_word_key(name), _commits_key(name)], args=[commit, secrets.token_hex(8), LIFE])


revisions = Revisions()


def _word_key(name: str) -> str:
    return f"yhdys:revision:{name}"


def _commits_key(name: str) -> str:
    return f"yhdys:commits:{name}"
