"""What those who run the deployment ask of a process, and how they follow one request through it."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import redis
import structlog
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_cache_control

from yhdys.tenancy.context import in_front, in_national

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEALTHY, READY = "/-/healthy", "/-/ready"
"""Addresses for machines. They answer on every host name, before anybody asks whose it is."""
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger(__name__)


class RequestIdMiddleware:
    """Give each request a name that stands on its log lines and in the answer; a proxy's own name is kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        name = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=name):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = name
        return response


class OperationsMiddleware:
    """Answer ``/-/healthy`` (the process lives) and ``/-/ready`` (it can serve) on any host."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in (HEALTHY, READY):
            return self.get_response(request)
        response = self._answer(request)
        patch_cache_control(response, no_store=True)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return JsonResponse({"status": "method not allowed"}, status=405, headers={"Allow": "GET, HEAD"})
        return _ready() if request.path_info == READY else JsonResponse({"status": "ok"})


def _ready() -> JsonResponse:
    """Ready is who reaches the database. A cache that is down makes pages slower, not wrong, and is only told."""
    parts = {"database": _works(_ask_database), "cache": _works(_ask_cache)}
    told: dict[str, Any] = {name: "ok" if works else "unreachable" for name, works in parts.items()}
    ready = parts["database"]
    return JsonResponse({"status": "ok" if ready else "unavailable", **told}, status=200 if ready else 503)


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (Error, redis.RedisError, OSError) as error:
        log.warning("operations.unreachable", asked=ask.__name__, error=type(error).__name__)
        return False
    return True


def _ask_database() -> None:
    with in_front(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    with in_national():
        cache.get("operations.ready")
