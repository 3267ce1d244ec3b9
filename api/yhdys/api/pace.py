"""At which pace may be asked: so many requests of one token, or of one address, to one region."""

import hashlib

import redis
import structlog
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

log = structlog.get_logger(__name__)


class Pace(SimpleRateThrottle):
    """Counted per token, else per address; the cache's keys carry the region.

    While the cache is down nobody is counted: reading what is public must not depend on it.
    """

    scope = "anon"

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.scope = "anon" if request.auth is None else "token"
        self.rate = self.get_rate()
        self.num_requests, self.duration = self.parse_rate(self.rate)
        try:
            return super().allow_request(request, view)
        except (redis.RedisError, OSError) as error:
            log.warning("api.pace_not_kept", error=type(error).__name__)
            return True

    def get_cache_key(self, request: Request, view: APIView) -> str:
        if request.auth is not None:
            return f"api.pace.token.{request.auth.pk}"
        # An address is personal data: its hash counts as well.
        return f"api.pace.address.{hashlib.sha256(self.get_ident(request).encode()).hexdigest()}"
