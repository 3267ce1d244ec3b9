"""Where pages are kept: with the cache server for all processes, and the last ones asked for in this process.

A page lies under the region's schema and the word for what its tables hold (``tenancy.revisions``), so neither another
region's nor an old one can be found. What is under a word that no longer holds goes by itself.
"""

import os
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import redis
import structlog

import yhdys
from yhdys.tenancy.context import current_schema
from yhdys.tenancy.revisions import Revision, revisions
from yhdys.web.kept.asked import Asked
from yhdys.web.kept.page import Page

LIFE = 15 * 60
"""Seconds a page is kept at most."""
MOST = 2_000
"""Pages of one region under one word. What comes then is made each time: nobody fills the memory by asking."""
LARGEST = 512 * 1024
"""Bytes of a page that is kept, compressed."""
IN_PROCESS = 24 * 1024 * 1024
"""Bytes of pages that one process keeps by itself."""
MAKING = 10
"""Seconds for which others leave the making of a page to one."""
_STEP = 0.01
SOURCES = (".py", ".html", ".txt", ".mo", ".json", ".svg")

# KEYS: the pages under one word. ARGV: the page's name, the page, how many there may be, their life.
_KEEP = """
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[4], 'NX')
return 1
"""

log = structlog.get_logger(__name__)


@cache
def release() -> str:
    """A word for the code that makes the pages: another release makes its own."""
    digest = blake2b(digest_size=6)
    for path in sorted(_sources()):
        stat = os.stat(path)
        digest.update(f"{path} {stat.st_mtime_ns} {stat.st_size}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[str]:
    for root in yhdys.__path__:
        for folder, _folders, files in os.walk(Path(root)):
            yield from (os.path.join(folder, name) for name in files if name.endswith(SOURCES))


def shelf(revision: Revision) -> str:
    """The name under which the current region's pages of one revision lie. Raises NoScope."""
    return f"yhdys:pages:{current_schema()}:{revision}:{release()}"


class Store:
    """Kept pages. Safe for threads. A cache server that is down is as an empty one."""

    def __init__(self) -> None:
        self._near: OrderedDict[tuple[str, str], Page] = OrderedDict()
        self._near_size = 0
        self._lock = threading.Lock()

    def find(self, asked: Asked, revision: Revision) -> Page | None:
        """The page as it is under a revision, None when nobody has made it yet or its time is over."""
        key = (shelf(revision), asked.name)
        page = self._near.get(key)
        if page is None:
            page = self._fetch(*key)
            if page is not None:
                self._remember(key, page)
        return None if page is None or page.is_over else page

    def _fetch(self, where: str, name: str) -> Page | None:
        try:
            packed: Any = revisions.client().hget(where, name)
            return Page.unpack(packed) if packed is not None else None
        except (redis.RedisError, ValueError) as error:
            log.warning("kept.not_fetched", error=type(error).__name__)
            return None

    def keep(self, asked: Asked, revision: Revision, page: Page) -> bool:
        """Keep a page that was made under a revision. False when there is no room for it."""
        packed = page.pack()
        if len(packed) > LARGEST:
            return False
        where = shelf(revision)
        try:
            kept = bool(revisions.client().eval(_KEEP, 1, where, asked.name, packed, MOST, LIFE))
        except redis.RedisError as error:
            log.warning("kept.not_kept", error=type(error).__name__)
            return False
        if kept:
            self._remember((where, asked.name), page)
        return kept

    def _remember(self, key: tuple[str, str], page: Page) -> None:
        with self._lock:
            before = self._near.pop(key, None)
            self._near[key] = page
            self._near_size += page.size - (before.size if before is not None else 0)
            while self._near_size > IN_PROCESS:
                self._near_size -= self._near.popitem(last=False)[1].size

    def claim(self, asked: Asked, revision: Revision) -> str | None:
        """Take it upon oneself to make a page, so that others wait. None when somebody else makes it already."""
        claim = secrets.token_hex(8)
        try:
            got = revisions.client().set(self._claim_key(asked, revision), claim, nx=True, ex=MAKING)
        except redis.RedisError:
            return claim
        return claim if got else None

    def release_claim(self, asked: Asked, revision: Revision) -> None:
        """Let others go on."""
        try:
            revisions.client().delete(self._claim_key(asked, revision))
        except redis.RedisError as error:
            log.warning("kept.claim_left", error=type(error).__name__)

    def wait_for(self, asked: Asked, revision: Revision, patience: float) -> Page | None:
        """The page that somebody else makes, as soon as it is there; None when they gave up or take too long."""
        end, claim = time.monotonic() + patience, self._claim_key(asked, revision)
        while time.monotonic() < end:
            time.sleep(_STEP)
            claimed = True
            try:
                claimed = bool(revisions.client().exists(claim))
            except redis.RedisError:
                return None
            page = self.find(asked, revision)
            if page is not None or not claimed:
                return page
        return None

    @staticmethod
    def _claim_key(asked: Asked, revision: Revision) -> str:
        digest = blake2b(asked.name.encode(), digest_size=16).hexdigest()
        return f"yhdys:making:{current_schema()}:{revision}:{digest}"


store = Store()
