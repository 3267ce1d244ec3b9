"""The parts: which page is asked for, how it is compressed, when the client has it already, what is kept of it."""

import gzip
import time

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from yhdys.core import clock
from yhdys.tenancy.context import in_region
from yhdys.web.kept.asked import LONGEST, asked_by, narrow, narrowed
from yhdys.web.kept.page import Page, Wants, best_coding, has

HOST = "kainuu.localhost"
PLAIN = Wants(head_only=False, known="", accepted="")


def request(path: str = "/", **headers: str) -> HttpRequest:
    return RequestFactory().get(path, headers={"host": HOST} | headers)


class TestAsked:
    """Only what a page may depend on tells one page from another."""

    @pytest.mark.parametrize(
        "other",
        [
            request("/?utm_source=x"),
            request("/?kind="),
            request(**{"user-agent": "x", "accept-language": "sv", "x-forwarded-host": "elsewhere.example"}),
            request(cookie="yhdys_csrf=x; _ga=y"),
        ],
    )
    def test_what_does_not_matter(self, other: HttpRequest) -> None:
        assert asked_by(other) == asked_by(request())

    def test_what_matters(self) -> None:
        pages = [
            asked_by(one)
            for one in (
                request(),
                request("/sv/"),
                request("/?page=2"),
                request("/?page=3"),
                request(host="kainuu.localhost:8000"),
                RequestFactory().get("/", headers={"host": HOST}, secure=True),
            )
        ]
        assert None not in pages
        assert len({page.name for page in pages if page is not None}) == len(pages)

    @pytest.mark.parametrize(
        "other",
        [
            request(cookie="yhdys_session=x"),
            request(cookie="a=b; yhdys_messages=x"),
            request(authorization="Token x"),
            request(host="KAINUU.localhost"),
            request(host="kainuu.localhost."),
            request(host="kainuu.localhost:81"),
            request("/" + "x" * LONGEST),
            request("/?page=" + "9" * LONGEST),
            RequestFactory().post("/", headers={"host": HOST}),
            RequestFactory().options("/", headers={"host": HOST}),
        ],
    )
    def test_whose_page_is_not_kept(self, other: HttpRequest) -> None:
        assert asked_by(other) is None

    def test_the_order_of_a_query_and_its_spelling_do_not_matter(self) -> None:
        assert narrowed("b=%78&a=1&&c", {"a", "b", "c"}) == narrowed("a=1&b=x", {"a", "b"}) == "a=1&b=x"

    def test_a_query_of_a_thousand_parts_is_none(self) -> None:
        assert narrowed("&".join(["a=1"] * 1000), {"a"}) == ""

    @given(st.text(max_size=200))
    def test_any_query_can_be_narrowed_and_stays_so(self, query: str) -> None:
        once = narrowed(query, {"a", "page"})
        assert narrowed(once, {"a", "page"}) == once

    def test_a_narrowed_request_shows_nothing_else(self) -> None:
        one = request("/?page=2&junk=1")
        assert one.GET.get("junk") == "1"
        narrow(one, "page=2")
        assert one.GET.dict() == {"page": "2"}
        assert one.get_full_path() == "/?page=2"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("br;q=0.000, *", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("zstd", ""),
        (",,;;q=, br;q=2, gzip;q=x, \x00", ""),
        ("gzip," * 1000, ""),
    ],
)
def test_how_a_body_is_compressed(accepted: str, coding: str) -> None:
    assert best_coding(accepted) == coding


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ('W/"abc"', True),
        ('"abc"', True),
        ('"x", W/"y" , W/"abc"', True),
        ("*", True),
        ("abc", False),
        ('"ab"', False),
        ("", False),
        ('"a' + "b" * 5000 + '", "abc"', False),
        ('W/"abc', False),
    ],
)
def test_when_the_client_has_it_already(known: str, found: bool) -> None:
    assert has(known, 'W/"abc"') is found
    assert not has(known, "")


class TestPage:
    """One kept page."""

    def page(self, body: bytes = b"<p>\xc3\xa4</p>" * 200) -> Page:
        with in_region("kainuu"):
            return Page.of(HttpResponse(body, headers={"Vary": "Cookie"}), [], time.time() + 60)

    def test_it_goes_out_as_the_client_takes_it(self) -> None:
        page, body = self.page(), b"<p>\xc3\xa4</p>" * 200
        plain = page.answer(PLAIN)
        zipped = page.answer(Wants(head_only=False, known="", accepted="gzip"))
        best = page.answer(Wants(head_only=False, known="", accepted="gzip, br"))
        assert plain.content == gzip.decompress(zipped.content) == brotli.decompress(best.content) == body
        assert (zipped["Content-Encoding"], best["Content-Encoding"]) == ("gzip", "br")
        assert "Content-Encoding" not in plain
        for answer in (plain, zipped, best):
            assert answer["Content-Length"] == str(len(answer.content))
            assert answer["Vary"] == "Cookie"

    def test_head_tells_the_length_and_sends_nothing(self) -> None:
        answer = self.page().answer(Wants(head_only=True, known="", accepted=""))
        assert (answer.content, answer["Content-Length"]) == (b"", "1800")

    def test_what_the_client_has_is_not_sent_again(self) -> None:
        page = self.page()
        answer = page.answer(Wants(head_only=False, known=page.headers["ETag"], accepted="br"))
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", page.headers["ETag"])
        assert "Content-Length" not in answer

    def test_a_short_body_is_not_compressed(self) -> None:
        answer = self.page(b"short").answer(Wants(head_only=False, known="", accepted="br, gzip"))
        assert (answer.content, "Content-Encoding" in answer) == (b"short", False)

    def test_the_same_text_has_another_tag_in_another_region(self) -> None:
        with in_region("lappi"):
            other = Page.of(HttpResponse(b"x"), [], 0)
        assert other.headers["ETag"] != self.page(b"x").headers["ETag"]

    def test_packing_loses_nothing(self) -> None:
        page = self.page()
        assert Page.unpack(page.pack()) == page

    @given(st.binary(max_size=64))
    def test_nothing_else_is_taken_for_one(self, packed: bytes) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - whichever of its kinds
            Page.unpack(packed)

    def test_half_of_one_is_none(self) -> None:
        with pytest.raises(ValueError, match="Not a kept page"):
            Page.unpack(self.page().pack()[:-1])


class TestClock:
    """How long an answer holds that was made from the time."""

    BEGUN = clock.helsinki(2022, 3, 26, 23, 30)

    def holds_until(self, *, day: bool, moment: bool) -> object:
        with clock.watched() as watch:
            if day:
                clock.today()
            if moment:
                clock.now()
        return watch.holds_until(self.BEGUN)

    def test_it_depends_on_what_was_asked(self) -> None:
        midnight = clock.helsinki(2022, 3, 27)
        assert self.holds_until(day=False, moment=False) is None
        assert self.holds_until(day=True, moment=False) == midnight
        assert self.holds_until(day=True, moment=True) == self.BEGUN + clock.HOLDS

    def test_nobody_watches_outside(self) -> None:
        with clock.watched() as watch:
            pass
        clock.now()
        assert not watch.asked_moment
