"""What a visitor gets when the service itself fails: a sentence, on a page that needs nothing which may be down."""

import sys
from http import HTTPStatus

import redis
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

OUTAGES = (OperationalError, InterfaceError, redis.ConnectionError, redis.TimeoutError)
"""What the database or the cache server raises when it cannot be reached or takes too long."""
RETRY_AFTER = 10
"""Seconds after which a program may try again: as long as a database takes to start anew."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: 503 while a part of the service is down, 500 for a fault of our own."""
    outage = isinstance(sys.exc_info()[1], OUTAGES)
    status = HTTPStatus.SERVICE_UNAVAILABLE if outage else HTTPStatus.INTERNAL_SERVER_ERROR
    response = _problem(request, status) if request.path.startswith("/api/") else _page(status)
    patch_cache_control(response, no_store=True)
    if outage:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _page(status: HTTPStatus) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status.value}.html"), status=status)


def _problem(request: HttpRequest, status: HTTPStatus) -> JsonResponse:
    """The same as a problem detail (RFC 9457), for programs."""
    told = {"type": "about:blank", "title": status.phrase, "status": status, "instance": request.path}
    return JsonResponse(told, status=status, content_type="application/problem+json")
