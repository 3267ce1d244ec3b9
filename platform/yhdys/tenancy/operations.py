"""What those who run the deployment ask of a process, and how they follow one request through it."""

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import redis
import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.crypto import constant_time_compare

from yhdys.core import metrics
from yhdys.tenancy.context import PUBLIC, in_front, in_national
from yhdys.tenancy.hosting import find_region

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEALTHY, READY, METRICS, KNOWN_HOST = "/-/healthy", "/-/ready", "/-/metrics", "/-/known-host"
"""Addresses for machines. They answer on every host name, before anybody asks whose it is."""
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger(__name__)


class RequestMiddleware:
    """Name each request, count it, and leave one line of it.

    The name stands on its log lines and in the answer; a proxy's own name is kept. The line has the pattern of the
    address and never the address itself, which may hold a link that lets its reader act, and nothing of the visitor.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
        with structlog.contextvars.bound_contextvars(request_id=name):
            response = self.get_response(request)
            self._tell(request, response.status_code, time.perf_counter() - started)
        response.headers["X-Request-ID"] = name
        return response

    @staticmethod
    def _tell(request: HttpRequest, status: int, seconds: float) -> None:
        region, method = _region_of(request), str(request.method)
        metrics.count_request(region=region, method=method, status=status, seconds=seconds)
        match = request.resolver_match
        # A page that was kept is answered without looking whose address it is.
        route = match.route if match else getattr(request, "kept_route", "")
        milliseconds = round(seconds * 1000, 1)
        log.info("request", region=region, method=method, route=route, status=status, milliseconds=milliseconds)


def _region_of(request: HttpRequest) -> str:
    """The schema of the request's region, ``public`` on the national site, and nothing when it had no scope."""
    if not hasattr(request, "region"):
        return metrics.NOWHERE
    return request.region.schema_name if request.region else PUBLIC


class OperationsMiddleware:
    """Answer what machines ask, on any host.

    ``/-/healthy``: the process lives. ``/-/ready``: it can serve. ``/-/known-host?domain=…``: 200 for a host that is
    ours, so that a proxy asks certificates for no other. ``/-/metrics``: counts for Prometheus, with the token of the
    setting METRICS_TOKEN; without one the address does not exist.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.doors: dict[str, Callable[[HttpRequest], HttpResponse]] = {
            HEALTHY: lambda request: JsonResponse({"status": "ok"}),
            READY: _ready,
            KNOWN_HOST: _known_host,
            METRICS: _metrics,
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        door = self.doors.get(request.path_info)
        if door is None:
            return self.get_response(request)
        if request.method in ("GET", "HEAD"):
            response = door(request)
        else:
            response = JsonResponse({"status": "method not allowed"}, status=405, headers={"Allow": "GET, HEAD"})
        patch_cache_control(response, no_store=True)
        return response


def _known_host(request: HttpRequest) -> HttpResponse:
    """A suspended region's host is ours too: its visitors read why it is closed."""
    host = request.GET.get("domain", "").rstrip(".").lower()
    known = host == settings.YHDYS_DOMAIN or find_region(host) is not None
    return JsonResponse({"status": "known" if known else "unknown"}, status=200 if known else 404)


def _metrics(request: HttpRequest) -> HttpResponse:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        return JsonResponse({"status": "not found"}, status=404)
    return HttpResponse(metrics.exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _ready(request: HttpRequest) -> HttpResponse:
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
