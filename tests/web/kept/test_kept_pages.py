"""Pages that are kept: whose, until when, and never longer."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.factories.accounts import UserFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.news import ArticleFactory

from yhdys.core import clock
from yhdys.news.models import Article
from yhdys.regions.actions import resume_region, suspend_region
from yhdys.site.models import RegionSettings
from yhdys.tenancy.context import in_national, in_region
from yhdys.tenancy.revisions import revisions
from yhdys.web.kept import making, middleware
from yhdys.web.kept import store as shelves
from yhdys.web.kept.asked import parameters_of

type Get = Callable[..., HttpResponse]
HIT, STORED = "yhdys; hit", "yhdys; fwd=uri-miss; stored"


@pytest.fixture
def get(committed: None) -> Get:
    """``get("/uutiset/")``: a page of a region's site, by nobody in particular, who takes any compression."""

    def ask(path: str = "/", *, host: str = "kainuu.localhost", cookies: str = "", **headers: str) -> HttpResponse:
        given = {"host": host} | ({"cookie": cookies} if cookies else {})
        answer: HttpResponse = Client().get(path, headers=given | headers)
        return answer

    return ask


def how(answer: HttpResponse) -> str:
    return str(answer.get("Cache-Status", ""))


def name_it(name: str, schema: str = "kainuu") -> None:
    with in_region(schema):
        RegionSettings.objects.update(council_name_fi=name, council_name_sv=name, council_name_en=name)


class TestKeeping:
    """Made once, shown often, and made anew when something has changed."""

    def test_the_second_one_gets_what_the_first_one_got(self, get: Get) -> None:
        first, second = get(), get()
        assert (how(first), how(second)) == (STORED, HIT)
        assert first.content == second.content
        same = set(first.headers) | set(second.headers)
        assert {name for name in same if first.get(name) != second.get(name)} == {"Cache-Status", "X-Request-ID"}

    def test_another_process_finds_it_too(self, get: Get) -> None:
        get()
        shelves.store._near.clear()
        assert how(get()) == HIT

    @pytest.mark.parametrize("path", ["/", "/sv/", "/en/", "/yhteystiedot/", "/saavutettavuus/palaute/"])
    def test_a_change_is_seen_at_once(self, get: Get, path: str) -> None:
        for number in range(3):
            name_it(f"Neuvosto {number}")
            page = get(path)
            assert f"Neuvosto {number}" in page.content.decode()
            assert how(get(path)) == HIT

    def test_what_is_withdrawn_is_gone_at_once(self, get: Get) -> None:
        with in_region("kainuu"), clock.at(clock.helsinki(2022, 3, 12)):
            article = ArticleFactory(title_fi="Koe", published=True)
        path = f"/uutiset/{article.slug}/"
        assert get(path).status_code == get(path).status_code == 200
        with in_region("kainuu"):
            Article.objects.filter(pk=article.pk).update(state="withdrawn")
        gone = get(path)
        assert gone.status_code == 410
        assert how(gone) == ""

    def test_a_region_sees_its_own(self, get: Get) -> None:
        name_it("Kainuun oma")
        name_it("Lapin oma", "lappi")
        for _ in range(2):
            assert "Kainuun oma" in get().content.decode()
            assert "Lapin oma" in get(host="lappi.localhost").content.decode()
            assert "Kainuun oma" not in get(host="localhost").content.decode()

    def test_a_suspended_region_shows_nothing_kept(self, get: Get) -> None:
        get()
        suspend_region("kainuu")
        try:
            assert get().status_code == 503
        finally:
            resume_region("kainuu")

    def test_the_nation_hears_what_regions_push(self, get: Get) -> None:
        from yhdys.overview.actions import push

        assert how(get(host="localhost")) == STORED
        assert how(get(host="localhost")) == HIT
        with in_region("kainuu"):
            push()
        assert how(get(host="localhost")) == STORED

    def test_another_release_makes_its_own(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        get()
        monkeypatch.setattr(shelves, "release", lambda: "another")
        assert how(get()) == STORED

    def test_languages_are_pages_of_their_own(self, get: Get) -> None:
        for path, language in (("/", "fi"), ("/sv/", "sv"), ("/en/", "en")):
            for _ in range(2):
                answer = get(path, **{"accept-language": "de, sv;q=0.9"})
                assert f'<html lang="{language}"' in answer.content.decode()
                assert answer["Content-Language"] == language


class TestWhoGetsIt:
    """Nobody signed in, and nothing that is somebody's."""

    @pytest.fixture
    def user(self, committed: None) -> Any:
        with in_region("kainuu"):
            return UserFactory()

    def test_who_is_signed_in_gets_their_own_and_leaves_nothing(self, get: Get, user: Any) -> None:
        client = Client(headers={"host": "kainuu.localhost"})
        with in_region("kainuu"):
            client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        for _ in range(2):
            answer = client.get("/")
            assert "csrfmiddlewaretoken" in answer.content.decode()
            assert "private" in answer["Cache-Control"]
            assert (how(answer), answer.get("ETag")) == ("", None)
            assert "csrfmiddlewaretoken" not in get().content.decode()

    @pytest.mark.parametrize("path", ["/kirjaudu/", "/ei-ole/", "/tyopoyta/", "/uutiset/ei-ole/", "/vastaus/x/"])
    def test_no_sign_in_no_error_and_no_way_elsewhere_is_kept(self, get: Get, path: str) -> None:
        for _ in range(2):
            answer = get(path)
            assert how(answer) == ""
            assert "public" not in answer["Cache-Control"]

    def test_a_stray_cookie_does_not_reach_the_page(self, get: Get) -> None:
        first = get(cookies="yhdys_csrf=" + "x" * 32 + "; django_language=sv; theme=dark")
        assert how(first) == STORED
        assert first.cookies == {}
        assert get().content == first.content

    def test_a_page_that_read_a_private_table_is_not_kept(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        from yhdys.web.public.front import views

        def council() -> None:
            list(get_user_model().objects.all())

        monkeypatch.setattr(views.shown, "council", council)
        assert [how(get()) for _ in range(2)] == ["", ""]

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda answer: answer.set_cookie("a", "b"),
            lambda answer: answer.headers.__setitem__("Cache-Control", "no-store"),
            lambda answer: answer.headers.__setitem__("Vary", "HX-Request"),
            lambda answer: setattr(answer, "status_code", 203),
        ],
    )
    def test_a_reply_that_is_not_everybodys_is_not_kept(
        self, get: Get, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[HttpResponse], None]
    ) -> None:
        from yhdys.web.public.front import views

        render = views.render

        def spoilt(*args: Any, **kwargs: Any) -> HttpResponse:
            answer = render(*args, **kwargs)
            spoil(answer)
            return answer

        monkeypatch.setattr(views, "render", spoilt)
        assert [how(get()) for _ in range(2)] == ["", ""]

    def test_what_is_not_committed_is_neither_kept_nor_taken(self, get: Get) -> None:
        get()
        with in_region("kainuu"), transaction.atomic():
            RegionSettings.objects.update(council_name_fi="Ei vielä")
            assert "Ei vielä" in get().content.decode()
            transaction.set_rollback(True)
        assert "Ei vielä" not in get().content.decode()

    def test_it_can_be_switched_off(self, get: Get, settings: LazySettings) -> None:
        settings.YHDYS_KEEP_PAGES = False
        assert [how(get()) for _ in range(2)] == ["", ""]


class TestForms:
    """A form for everybody is kept, but not its age."""

    def token(self, answer: HttpResponse) -> str:
        found = re.search(r'name="opened" value="([^"]+)"', answer.content.decode())
        assert found is not None
        return found[1]

    def test_each_visitor_gets_a_fresh_age(self, get: Get) -> None:
        tokens = []
        for _ in range(2):
            tokens.append(self.token(get("/saavutettavuus/palaute/")))
            time.sleep(1.1)
        assert len(set(tokens)) == 2
        assert not any("late-" in token for token in tokens)
        answer = get("/saavutettavuus/palaute/")
        assert (how(answer), answer.get("ETag")) == (HIT, None)

    def test_too_quick_is_still_too_quick(self, get: Get) -> None:
        get("/saavutettavuus/palaute/")
        token = self.token(get("/saavutettavuus/palaute/"))
        sent = Client(headers={"host": "kainuu.localhost", "origin": "http://kainuu.localhost"}).post(
            "/saavutettavuus/palaute/", {"opened": token, "message": "Hei"}
        )
        assert sent.status_code == 422
        assert how(sent) == ""


class TestTime:
    """Pages that change though nobody writes."""

    @pytest.fixture
    def times(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
        seen: list[float] = []
        of = making.Page.of

        def noted(response: HttpResponse, places: Any, expires: float, route: str) -> Any:
            seen.append(expires - time.time())
            return of(response, places, expires, route)

        monkeypatch.setattr(making.Page, "of", noted)
        return seen

    def test_a_page_without_time_is_kept_a_quarter(self, get: Get, times: list[float]) -> None:
        get("/saavutettavuus/palaute/")
        assert times[0] == pytest.approx(shelves.LIFE, abs=5)

    def test_a_list_of_meetings_is_kept_a_minute(self, get: Get, times: list[float]) -> None:
        get("/kokoukset/")
        assert times[0] == pytest.approx(clock.HOLDS.total_seconds(), abs=5)

    def test_and_no_longer_than_until_the_next_one_begins(self, get: Get, times: list[float]) -> None:
        with in_region("kainuu"):
            MeetingFactory(starts_at=clock.now() + timedelta(seconds=20), ends_at=clock.now() + timedelta(hours=1))
        get("/kokoukset/")
        assert 10 < times[0] <= 20

    def test_over_is_over(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        get()
        monkeypatch.setattr("yhdys.web.kept.page.time.time", lambda: time.monotonic() + 10**10)
        assert how(get()) == STORED


class TestJunk:
    """Nobody fills the memory, and nothing that is sent breaks it."""

    def test_unknown_parameters_find_the_same_page(self, get: Get) -> None:
        first = get("/?utm_source=letter&x=1&page=7")
        assert how(first) == STORED
        assert "utm_source" not in first.content.decode()
        assert [how(get(path)) for path in ("/", "/?page=3", "/?y&z=&%ff=%00")] == [HIT, HIT, HIT]

    def test_known_ones_make_a_difference(self, get: Get) -> None:
        assert [how(get(path)) for path in ("/uutiset/", "/uutiset/?kind=blog", "/uutiset/?kind=blog&a=b")] == [
            STORED,
            STORED,
            HIT,
        ]

    def test_there_is_an_end_to_it(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shelves, "MOST", 3)
        kept = [how(get(f"/uutiset/?year={year}")) for year in range(2000, 2006)]
        assert kept == [STORED] * 3 + ["yhdys; fwd=uri-miss"] * 3

    @pytest.mark.parametrize(
        "headers",
        [
            {"accept-encoding": "\x00;q=,,br;q=9"},
            {"if-none-match": '"' * 9000},
            {"if-none-match": ", ".join(f'"{n}"' for n in range(500))},
            {"range": "bytes=0-10"},
            {"if-modified-since": "Sun, 22 Nov 2026 02:00:00 GMT"},
            {"hx-request": "true"},
            {"x-forwarded-host": "elsewhere.example", "x-forwarded-for": "1.2.3.4"},
            {"cookie": "=;;;=\x01"},
        ],
    )
    def test_any_header_gets_the_whole_page_and_spoils_nothing(self, get: Get, headers: dict[str, str]) -> None:
        plain = get().content
        for _ in range(2):
            answer = get(**headers)
            assert answer.status_code == 200
            assert answer.content == plain
        shelves.store._near.clear()
        revisions.move("kainuu")
        get(**headers)
        assert get().content == plain

    @pytest.mark.parametrize("host", ["KAINUU.localhost", "kainuu.localhost:81", "kainuu.localhost."])
    def test_a_host_spelt_oddly_gets_a_page_that_is_not_kept(self, get: Get, host: str) -> None:
        answer = get(host=host)
        assert (answer.status_code, how(answer)) == (200, "")
        assert host not in get().content.decode()

    def test_head_is_answered_from_what_is_kept_and_keeps_nothing(self, get: Get) -> None:
        client = Client(headers={"host": "kainuu.localhost"})
        assert how(client.head("/")) == ""
        length = len(get().content)
        answer = client.head("/")
        assert (how(answer), answer["Content-Length"], answer.content) == (HIT, str(length), b"")


class TestManyAtOnce:
    """One makes the page, the others wait for it."""

    def ask(self, get: Get) -> HttpResponse:
        try:
            return get()
        finally:
            connections.close_all()

    def test_a_page_is_made_once(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        from yhdys.web.public.front import views

        made: list[int] = []
        newest = views.newest

        def slowly(count: int) -> Any:
            made.append(threading.get_ident())
            time.sleep(0.3)
            return newest(count)

        monkeypatch.setattr(views, "newest", slowly)
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: self.ask(get), range(6)))
        assert len(made) == 1
        assert len({answer.content for answer in answers}) == 1
        assert sorted(map(how, answers)) == sorted([STORED, *[HIT] * 5])

    def test_nobody_waits_for_one_who_gave_up(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shelves.store, "claim", lambda asked, revision: None)
        begun = time.monotonic()
        assert get().status_code == 200
        assert time.monotonic() - begun < middleware.PATIENCE

    def test_without_the_cache_server_pages_are_made(self, get: Get, settings: LazySettings) -> None:
        settings.CACHE_URL = "redis://127.0.0.1:1/0"
        try:
            answers = [get() for _ in range(2)]
        finally:
            revisions._asked_again_at = 0
        assert [(answer.status_code, how(answer)) for answer in answers] == [(200, ""), (200, "")]
        assert "public" in answers[0]["Cache-Control"]


NOT_KEPT = {
    "public:answer", "public:answer-agenda-file", "public:answer-paper", "public:nomination",
    "public:paper", "public:article-image", "public:photo",
    "public:agenda-file", "public:minutes-file", "public:excerpt-file", "public:record-file", "public:record-archive",
    "public:roster-csv", "public:roster-xlsx",
}  # fmt: skip
"""Public addresses of which nothing is kept: a person's own, and files."""


@pytest.mark.parametrize("urlconf", [django_settings.ROOT_URLCONF, django_settings.REGION_URLCONF])
def test_every_public_address_says_whether_it_is_kept(urlconf: str) -> None:
    with in_national():
        found = dict(views_of(get_resolver(urlconf).url_patterns, ""))
    public = {name: view for name, view in found.items() if name.startswith(("public:", "national:"))}
    assert public
    assert {name for name, view in public.items() if parameters_of(view) is None} <= NOT_KEPT
    assert not any(parameters_of(view) is not None for name, view in found.items() if name.startswith("workspace:"))


def views_of(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from views_of(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern.callback
