"""The first thing that happens to a request: whose is it?"""

from collections.abc import AsyncIterator, Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from yhdys.tenancy.context import NATIONAL, Scope, in_scope, scope_of
from yhdys.tenancy.hosting import find_region

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RegionMiddleware:
    """Find the region of the host, and let the whole request, streamed body included, run in its scope.

    An unknown host gets a plain 404 that names no region, a suspended region a 503 with a sentence.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = request.META.get("HTTP_HOST", "").rsplit(":", 1)[0].rstrip(".").lower()
        if host == settings.YHDYS_DOMAIN:
            request.region = None  # type: ignore[attr-defined]  # declared in web's RegionRequest
            return self._answer(request, NATIONAL)
        region = find_region(host)
        if region is None:
            return _plain(request, "errors/unknown_host.html", 404)
        if not region.is_active:
            return _plain(request, "errors/suspended.html", 503)
        request.region = region  # type: ignore[attr-defined]  # declared in web's RegionRequest
        request.urlconf = settings.REGION_URLCONF
        return self._answer(request, scope_of(region.schema_name))

    def _answer(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        with in_scope(scope):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            within: Any = _within_async if response.is_async else _within
            response.streaming_content = within(scope, response.streaming_content)
        return response


def _within(scope: Scope, parts: Iterator[Any]) -> Iterator[Any]:
    """Make each part of a streamed body in the scope of its request, however late the server asks for it."""
    iterator = iter(parts)
    while True:
        with in_scope(scope):
            try:
                part = next(iterator)
            except StopIteration:
                return
        yield part


async def _within_async(scope: Scope, parts: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The same for a body that is awaited."""
    iterator = aiter(parts)
    while True:
        with in_scope(scope):
            try:
                part = await anext(iterator)
            except StopAsyncIteration:
                return
        yield part


def _plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page for people, or below ``/api/`` a problem for programs (RFC 9457)."""
    response: HttpResponse
    if request.path.startswith("/api/"):
        told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "instance": request.path}
        response = JsonResponse(told, status=status, content_type="application/problem+json")
    else:
        response = HttpResponse(render_to_string(template), status=status)
    patch_cache_control(response, no_store=True)
    if status == 503:
        response["Retry-After"] = "3600"
    return response
