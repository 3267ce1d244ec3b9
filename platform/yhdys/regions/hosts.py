"""Which region a host name belongs to, answered from memory.

Every request asks, so the answer is kept in the process: bounded, with "nobody's" remembered too, and forgotten by all
processes when a region changes (a message through the cache server; without it, after MAX_AGE at the latest).
"""

import atexit
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

import redis
import structlog
from django.conf import settings

from yhdys.regions.models import Domain
from yhdys.tenancy.context import in_front
from yhdys.tenancy.revisions import revisions

MAX_ENTRIES = 5000
MAX_AGE = 15.0
"""Seconds an answer is believed when no message about a change arrives."""
CHANNEL = "yhdys.regions.changed"

log = structlog.get_logger(__name__)
_ending = threading.Event()


def stop_listening() -> None:
    """For a process that ends: that the cache server goes before it is no news any more."""
    _ending.set()


atexit.register(stop_listening)


@dataclass(frozen=True, slots=True)
class RegionInfo:
    """What requests need to know of a region; carries no database connection."""

    id: int
    schema_name: str
    slug: str
    code: str
    name_fi: str
    name_sv: str
    name_en: str
    is_active: bool


class HostCache:
    """A bounded memory of answers, the least recently used forgotten first. Safe for threads."""

    def __init__(self, size: int = MAX_ENTRIES, max_age: float = MAX_AGE) -> None:
        self._size, self._max_age = size, max_age
        self._answers: OrderedDict[str, tuple[float, RegionInfo | None]] = OrderedDict()
        self._lock = threading.Lock()
        self._listener: threading.Thread | None = None

    def find(self, host: str) -> RegionInfo | None:
        """The region of a lower-case host name without its port; None for a host that is no region's."""
        with self._lock:
            found = self._answers.get(host)
            if found is not None and time.monotonic() - found[0] < self._max_age:
                self._answers.move_to_end(host)
                return found[1]
        self._listen()
        answer = _look_up(host)
        with self._lock:
            self._answers[host] = (time.monotonic(), answer)
            self._answers.move_to_end(host)
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return answer

    def clear(self) -> None:
        """Forget every answer of this process."""
        with self._lock:
            self._answers.clear()

    def _listen(self) -> None:
        if _ending.is_set() or (self._listener is not None and self._listener.is_alive()):
            return
        with self._lock:
            if self._listener is None or not self._listener.is_alive():
                self._listener = threading.Thread(target=self._forget_on_message, name="region-changes", daemon=True)
                self._listener.start()

    def _forget_on_message(self) -> None:
        try:
            with (
                redis.Redis.from_url(settings.CACHE_URL) as client,
                client.pubsub(ignore_subscribe_messages=True) as news,
            ):
                news.subscribe(CHANNEL)
                for _message in news.listen():
                    self.clear()
        except (redis.RedisError, OSError) as error:
            if _ending.is_set():
                return
            log.warning("regions.no_change_messages", error=type(error).__name__)
            time.sleep(MAX_AGE)  # The next request starts a new listener; until then answers age out by themselves.


hosts = HostCache()


def _look_up(host: str) -> RegionInfo | None:
    with in_front():
        domain = Domain.objects.select_related("tenant").filter(domain=host).first()
    if domain is None:
        return None
    region = domain.tenant
    return RegionInfo(
        id=region.pk,
        schema_name=region.schema_name,
        slug=region.slug,
        code=region.code,
        name_fi=region.name_fi,
        name_sv=region.name_sv,
        name_en=region.name_en,
        is_active=region.is_active,
    )


def announce_change() -> None:
    """Tell every process that regions or hosts changed, and whoever keeps pages that name them."""
    hosts.clear()
    revisions.move_all()
    try:
        with redis.Redis.from_url(settings.CACHE_URL) as client:
            client.publish(CHANNEL, "changed")
    except (redis.RedisError, OSError) as error:
        log.warning("regions.change_not_announced", error=type(error).__name__)
