"""A whole request, its late body and its awaited parts included, runs in the region of its host."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import AsyncClient, RequestFactory
from tests.isolation.awaiting import awaited
from tests.isolation.hammer import LATER, MARK

from yhdys.regions.models import Region
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import current_schema, current_scope, in_national, in_region
from yhdys.tenancy.middleware import RegionMiddleware
from yhdys.tenancy.models import KeptLimit


def ask(host: str, view: Callable[[HttpRequest], Any]) -> Any:
    return RegionMiddleware(view)(RequestFactory().get("/", headers={"host": host}))


def whose() -> str:
    return str(RegionSettings.objects.get().council_name_fi)


def test_a_view_that_fails_leaves_no_region_behind(kainuu: Region) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise LookupError(current_schema())

    with pytest.raises(LookupError, match="kainuu"):
        ask("kainuu.localhost", view)
    assert current_scope() is None


@pytest.mark.falls_without("streamed bodies")
def test_a_streamed_body_is_made_in_its_region_however_late(kainuu: Region, lappi: Region) -> None:
    def stream(request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(f"{current_schema()} {whose()}" for _ in range(2))

    bodies = [iter(ask(f"{slug}.localhost", stream).streaming_content) for slug in ("kainuu", "lappi")]
    with in_national():
        first = [next(body) for body in bodies]
        assert current_schema() == "public"
    rest = [next(body) for body in reversed(bodies)]
    assert [part.split()[:2] for part in first] == [[b"kainuu", b"Kainuu:"], [b"lappi", b"Lappi:"]]
    assert rest == first[::-1]
    assert current_scope() is None


@pytest.mark.falls_without("streamed bodies")
def test_an_awaited_body_is_made_in_its_region(kainuu: Region, lappi: Region) -> None:
    async def parts() -> AsyncIterator[str]:
        for _ in range(2):
            yield f"{current_schema()} {await sync_to_async(whose)()}"

    async def read(responses: list[Any]) -> list[list[bytes]]:
        async def all_of(response: Any) -> list[bytes]:
            return [part async for part in response.streaming_content]

        return await asyncio.gather(*map(all_of, responses))

    with in_national():
        responses = [ask(f"{slug}.localhost", lambda _: StreamingHttpResponse(parts())) for slug in ("kainuu", "lappi")]
        told = awaited(read, responses)
    assert [{part.split()[0] for part in body} for body in told] == [{b"kainuu"}, {b"lappi"}]
    assert [{part.split()[1] for part in body} for body in told] == [{b"Kainuu:"}, {b"Lappi:"}]


@pytest.fixture
def marked(kainuu: Region, lappi: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hammer's views on both hosts, and each region's mark."""
    monkeypatch.setattr(settings, "REGION_URLCONF", "tests.isolation.hammer")
    for region in (kainuu, lappi):
        with in_region(region):
            KeptLimit.objects.create(key=MARK, value=region.schema_name, expires_at=LATER)


class OneHostClient(AsyncClient):
    """Sends the host it is told, without the one that Django's puts before it."""

    def _base_scope(self, **request: Any) -> Any:
        scope = super()._base_scope(**request)
        scope["headers"] = [header for header in scope["headers"] if header != (b"host", b"testserver")]
        return scope


def test_requests_that_await_at_the_same_time_stay_in_their_regions(marked: None) -> None:
    async def ask_all() -> list[Any]:
        steps = [["just_look", "lappi"], ["visit", "lappi"], ["read_by_query", "lappi"]]
        asked = json.dumps({"id": "awaited", "ending": "awaited", "steps": steps})
        client = OneHostClient()
        return await asyncio.gather(
            *(
                client.post(
                    "/hammer/awaited/",
                    asked,
                    content_type="application/json",
                    headers={"host": f"{slug}.localhost"},
                )
                for slug in ("kainuu", "lappi") * 4
            )
        )

    for slug, answer in zip(("kainuu", "lappi") * 4, awaited(ask_all), strict=True):
        told = [mark for _role, _schema, mark, _process in answer.json()["looks"]]
        assert told == [slug, slug, "lappi", slug, slug, slug]


def test_work_that_outlives_its_request_stays_in_its_region(kainuu: Region) -> None:
    async def begin() -> list[str]:
        async def later() -> str:
            await asyncio.sleep(0)
            return current_schema()

        with in_region("kainuu"):
            works = [asyncio.ensure_future(later())]
        with in_region("lappi"):
            works.append(asyncio.ensure_future(later()))
            return list(await asyncio.gather(*works))

    assert awaited(begin) == ["kainuu", "lappi"]
