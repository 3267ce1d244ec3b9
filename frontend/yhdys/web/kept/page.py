"""What is kept of a page: its reply, ready in each way of compressing it."""

import gzip
import hashlib
import json
import re
import struct
import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from yhdys.tenancy.context import current_schema
from yhdys.web.kept.late import filled

SMALL = 600
"""Bytes of a body that is not worth compressing."""
LONGEST_HEADER = 2_000
_LENGTHS = struct.Struct(">III")
_ETAG = re.compile(r'(?:W/)?("[^"]*")')
_CODING = re.compile(r"\s*([a-z*-]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", re.IGNORECASE)
_WITH_304 = ("cache-control", "content-language", "etag", "vary")

type Places = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Wants:
    """In which shape a client wants a page."""

    head_only: bool
    known: str
    """What it has already, by ``If-None-Match``."""
    accepted: str
    """How it may be compressed, by ``Accept-Encoding``."""

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """As the request says."""
        meta = request.META
        return cls(request.method == "HEAD", meta.get("HTTP_IF_NONE_MATCH", ""), meta.get("HTTP_ACCEPT_ENCODING", ""))


@dataclass(frozen=True)
class Page:
    """One kept reply with status 200."""

    headers: dict[str, str]
    route: str
    """The pattern of its address, for those who count requests."""
    expires: float
    """Seconds since 1970; from then on it is made anew."""
    late: Places
    gzip: bytes
    """The whole body, also where it goes out as it is."""
    br: bytes = b""
    """Empty for a small body, and for one with places left open."""

    @classmethod
    def of(cls, response: HttpResponse, places: Places, expires: float, route: str = "") -> Self:
        """Keep a response."""
        body = response.content
        headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
        if not places:
            salt = current_schema().encode()[:64]
            headers["ETag"] = f'W/"{hashlib.blake2b(body, digest_size=16, key=salt).hexdigest()}"'
        is_text = headers.get("Content-Type", "").startswith(("text/", "application/atom", "application/xml"))
        with_br = is_text and not places and len(body) > SMALL
        return cls(
            headers=headers,
            route=route,
            expires=expires,
            late=places,
            gzip=gzip.compress(body, 6, mtime=0),
            br=brotli.compress(body, brotli.MODE_TEXT, 5) if with_br else b"",
        )

    @property
    def is_over(self) -> bool:
        """Whether it must not be shown any more."""
        return time.time() >= self.expires

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.gzip) + len(self.br) + 1_000

    @property
    def plain(self) -> bytes:
        """The body as it was made."""
        return gzip.decompress(self.gzip)

    @cached_property
    def _lines(self) -> dict[str, tuple[str, str]]:
        """The headers as Django keeps them."""
        return dict(HttpResponse(headers=self.headers).headers._store)

    def answer(self, wants: Wants) -> HttpResponse:
        """The reply to a client: the body in the best way it takes, or the news that it has it already."""
        if wants.known and has(wants.known, self.headers.get("ETag", "")):
            response: HttpResponse = HttpResponseNotModified()
            lines = {key: line for key, line in self._lines.items() if key in _WITH_304}
            response.headers._store = lines
            return response
        body, coding = self._body(best_coding(wants.accepted))
        response = HttpResponse(b"" if wants.head_only else body)
        store = self._lines.copy()
        store["cache-status"] = ("Cache-Status", "yhdys; hit")
        store["content-length"] = ("Content-Length", str(len(body)))
        if coding:
            store["content-encoding"] = ("Content-Encoding", coding)
        response.headers._store = store
        return response

    def _body(self, coding: str) -> tuple[bytes, str]:
        if self.late:
            return filled(self.plain, self.late), ""
        if not self.br or not coding:
            return self.plain, ""
        return (self.br, coding) if coding == "br" else (self.gzip, coding)

    def pack(self) -> bytes:
        """As bytes, which hold data only."""
        head = json.dumps([self.headers, self.route, self.expires, self.late]).encode()
        return _LENGTHS.pack(len(head), len(self.gzip), len(self.br)) + head + self.gzip + self.br

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """What ``pack`` made. Raises ValueError for anything else."""
        try:
            lengths = _LENGTHS.unpack_from(packed)
        except struct.error as error:
            raise ValueError("Not a kept page.") from error
        ends = [_LENGTHS.size]
        for length in lengths:
            ends.append(ends[-1] + length)
        if ends[-1] != len(packed):
            raise ValueError("Not a kept page.")
        headers, route, expires, late = json.loads(packed[ends[0] : ends[1]])
        return cls(
            headers, route, expires, [tuple(place) for place in late], packed[ends[1] : ends[2]], packed[ends[2] :]
        )


def has(known: str, etag: str) -> bool:
    """Whether an ``If-None-Match`` names the page (weak comparison, RFC 9110 section 13.1.2)."""
    if not etag or len(known) > LONGEST_HEADER:
        return False
    return known.strip() == "*" or etag.removeprefix("W/") in _ETAG.findall(known)


def best_coding(accepted: str) -> str:
    """``br``, ``gzip`` or nothing: the best of ours that an ``Accept-Encoding`` allows."""
    return _best(accepted) if len(accepted) <= LONGEST_HEADER else ""


@lru_cache(maxsize=256)
def _best(accepted: str) -> str:
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        if found := _CODING.fullmatch(part):
            weights[found[1].lower()] = float(found[2] or 1)
    rest = weights.get("*", 0.0)
    offered = {coding: weights.get(coding, rest) for coding in ("br", "gzip")}
    best = max(offered, key=lambda coding: offered[coding])  # br where they are liked alike
    return best if offered[best] > 0 else ""
