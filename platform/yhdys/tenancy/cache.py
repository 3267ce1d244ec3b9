"""Cache keys that cannot be shared by two regions, and limits that hold while the cache is down."""

import time
from datetime import timedelta
from typing import Any

import redis
import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from django.db import IntegrityError, transaction

from yhdys.core import clock
from yhdys.tenancy.context import current_schema

LIMITS = "allauth"
"""What keys begin with that limit how often somebody may try to sign in, and note which codes have been used."""
PAUSE = 5.0
"""Seconds in which the cache server is not asked about limits again after it did not answer."""

log = structlog.get_logger(__name__)


def make_key(key: str, key_prefix: str, version: int) -> str:
    """``CACHES['default']['KEY_FUNCTION']``: the region comes first. Raises NoScope outside every scope."""
    return f"{current_schema()}:{key_prefix}:{version}:{key}"


class RegionCache(RedisCache):
    """The cache server; while it is down, limits are kept in a table of the region.

    Everything else raises RedisError then, for its caller to do without: what was cached can be made anew. A limit
    cannot, and nobody may guess passwords without end because a server fell over.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._table = LimitTable(self.default_timeout or 300)
        self._asked_again_at = 0.0

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        if self._may_ask(key):
            try:
                return bool(super().add(key, value, timeout, version))
            except redis.RedisError as error:
                self._note(key, error)
        return self._table.add(key, value, timeout)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if self._may_ask(key):
            try:
                return super().get(key, default, version)
            except redis.RedisError as error:
                self._note(key, error)
        return self._table.get(key, default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        if self._may_ask(key):
            try:
                super().set(key, value, timeout, version)
                return
            except redis.RedisError as error:
                self._note(key, error)
        self._table.set(key, value, timeout)

    def delete(self, key: str, version: int | None = None) -> bool:
        if self._may_ask(key):
            try:
                return bool(super().delete(key, version))
            except redis.RedisError as error:
                self._note(key, error)
        return self._table.delete(key)

    def _may_ask(self, key: str) -> bool:
        return not key.startswith(LIMITS) or time.monotonic() >= self._asked_again_at

    def _note(self, key: str, error: redis.RedisError) -> None:
        """Go on with the table, for limits; raise the error again for everything else."""
        if not key.startswith(LIMITS):
            raise error
        self._asked_again_at = time.monotonic() + PAUSE
        log.warning("cache.limits_kept_in_table", error=type(error).__name__)


class LimitTable:
    """The same four questions, answered by a table of the region. Values are plain JSON, times in seconds."""

    def __init__(self, default_timeout: float) -> None:
        self._default_timeout = default_timeout

    def add(self, key: str, value: Any, timeout: Any) -> bool:
        """Keep a value unless there is one that holds. False when there is."""
        rows = _rows()
        rows.over().delete()
        try:
            with transaction.atomic():
                rows.create(key=key, value=value, expires_at=self._end(timeout))
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None) -> Any:
        """The value that holds, else ``default``."""
        return _rows().holding().filter(key=key).values_list("value", flat=True).first() or default

    def set(self, key: str, value: Any, timeout: Any) -> None:
        """Keep a value instead of the one before."""
        _rows().update_or_create(key=key, defaults={"value": value, "expires_at": self._end(timeout)})

    def delete(self, key: str) -> bool:
        """Whether there was one."""
        return bool(_rows().filter(key=key).delete()[0])

    def _end(self, timeout: Any) -> Any:
        seconds = self._default_timeout if timeout is DEFAULT_TIMEOUT or timeout is None else timeout
        return clock.now() + timedelta(seconds=seconds)


def _rows() -> Any:
    from yhdys.tenancy.models import KeptLimit  # noqa: PLC0415 - settings name this module before models are ready

    return KeptLimit.objects.all()
