"""The door in front of the public pages: whoever asks for what is kept need not go further."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

from yhdys.core import clock
from yhdys.tenancy.revisions import revisions
from yhdys.web.kept.asked import asked_by, blind, narrow, narrowed, parameters_of
from yhdys.web.kept.making import Making
from yhdys.web.kept.page import Wants
from yhdys.web.kept.store import store

PATIENCE = 2.0
"""Seconds to wait for somebody else who makes the same page."""

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


class KeptPagesMiddleware:
    """Answer with the kept page where there is one; keep what a public page's view has made.

    It stands right behind the one that finds the region, and runs in its scope.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = asked_by(request) if may_keep() else None
        revision = revisions.current() if asked is not None else None
        if asked is None or revision is None:
            return said_to_proxies(self.get_response(request), request, anonymous=asked is not None)
        if (page := store.find(asked, revision)) is not None:
            request.kept_route = page.route  # type: ignore[attr-defined]  # read by who counts requests
            return page.answer(Wants.of(request))
        return self._made(request, Making(asked, revision, Wants.of(request)))

    def _made(self, request: HttpRequest, making: Making) -> HttpResponseBase:
        request.making = making  # type: ignore[attr-defined]  # read by process_view
        try:
            with making.noting():
                response = said_to_proxies(self.get_response(request), request, anonymous=True)
            page = making.page(request, response)
            if page is None:
                return response
            kept = store.keep(making.asked, making.revision, page)
        finally:
            if making.has_claim:
                store.release_claim(making.asked, making.revision)
        answer = page.answer(making.wants)
        answer["Cache-Status"] = f"yhdys; fwd=uri-miss{'; stored' if kept else ''}"
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Now it is known whose page this is: take junk out of its query, and let one make it while others wait."""
        parameters = parameters_of(view)
        if parameters is None or request.method not in ("GET", "HEAD"):
            return None
        request.is_public_page = True  # type: ignore[attr-defined]  # read by said_to_proxies
        query = request.META.get("QUERY_STRING", "")
        if query and (own := narrowed(query, parameters)) != query:
            narrow(request, own)
        making: Making | None = getattr(request, "making", None)
        return None if making is None or request.method == "HEAD" else self._begin(request, making)

    def _begin(self, request: HttpRequest, making: Making) -> HttpResponseBase | None:
        asked = making.asked.with_query(request.META.get("QUERY_STRING", ""))
        if asked != making.asked:
            making.asked = asked
            if (page := store.find(asked, making.revision)) is not None:
                return page.answer(making.wants)
        if not store.claim(asked, making.revision):
            page = store.wait_for(asked, making.revision, PATIENCE)
            if page is not None:
                return page.answer(making.wants)
        else:
            making.has_claim = True
        making.is_public = True
        request.late = making.late  # type: ignore[attr-defined]  # read by late.value
        blind(request)
        return None


def may_keep() -> bool:
    """Whether what the running code sees is what everybody sees: committed, and at this time."""
    return settings.YHDYS_KEEP_PAGES and not connection.in_atomic_block and not clock.is_fixed()


def said_to_proxies(response: HttpResponseBase, request: HttpRequest, *, anonymous: bool) -> HttpResponseBase:
    """Tell proxies and browsers: a public page may be kept if one asks each time whether it holds, others may not."""
    if getattr(request, "is_public_page", False) and response.status_code == 200:
        varies = {"Accept-Encoding", "Cookie", *map(str.strip, response.get("Vary", "").split(","))}
        response["Vary"] = ", ".join(sorted(varies - {"", "Accept-Language"}))  # The address tells the language.
        if anonymous and "Cache-Control" not in response:
            patch_cache_control(response, public=True, no_cache=True)
    if "Cache-Control" not in response:
        patch_cache_control(response, private=True, no_cache=True)
    return response
