"""What the public pages are measured against: a bare Django view without middleware, and a bare WSGI reply.

Each gives as many bytes as ``BARE_BYTES`` says, under the same server as Yhdys.
"""

import os
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"x" * int(os.environ.get("BARE_BYTES", "1000"))


def page(request: HttpRequest) -> HttpResponse:
    """A view that does nothing."""
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})


urlpatterns = [path("", page)]


def wsgi(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """A reply without any framework."""
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def django() -> Callable[..., Iterable[bytes]]:
    """Django with one view and no middleware. The server's own configuration has read our settings already."""
    settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.ALLOWED_HOSTS = __name__, [], ["*"]
    return WSGIHandler()
