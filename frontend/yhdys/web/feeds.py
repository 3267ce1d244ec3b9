"""What programs fetch again and again: Atom feeds (RFC 4287), and answers that say when nothing has changed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
XML = "http://www.w3.org/XML/1998/namespace"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a feed. ``id`` is an IRI that never changes; moments are aware."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str = ""
    """Plain."""
    content: str = ""
    """Clean HTML."""
    language: str = ""
    """Of the title and the texts, where it is not the feed's."""
    author: str = ""
    keywords: tuple[tuple[str, str], ...] = ()
    """Codes and names."""


def atom(
    *,
    id: str,
    title: str,
    subtitle: str,
    url: str,
    own_url: str,
    author: str,
    language: str,
    updated: datetime,
    entries: Iterable[Entry],
) -> bytes:
    """A feed of the entries, in their order.

    ``updated`` is when anything in it last changed. Addresses are absolute; those inside of texts are resolved against
    ``url``. Characters that XML cannot hold are left out.
    """
    ElementTree.register_namespace("", ATOM)
    attributes = {f"{{{XML}}}lang": language, f"{{{XML}}}base": url}
    feed = ElementTree.Element(f"{{{ATOM}}}feed", attributes)
    _add(feed, "id", id)
    _add(feed, "title", title)
    if subtitle:
        _add(feed, "subtitle", subtitle)
    _add(feed, "link", rel="alternate", type="text/html", href=url)
    _add(feed, "link", rel="self", type="application/atom+xml", href=own_url)
    _add(feed, "updated", _moment(updated))
    _add(_add(feed, "author"), "name", author)
    for one in entries:
        _add_entry(feed, one)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add_entry(feed: ElementTree.Element, one: Entry) -> None:
    entry = _add(feed, "entry")
    if one.language:
        entry.set(f"{{{XML}}}lang", one.language)
    _add(entry, "id", one.id)
    _add(entry, "title", one.title)
    _add(entry, "link", rel="alternate", type="text/html", href=one.url)
    _add(entry, "published", _moment(one.published))
    _add(entry, "updated", _moment(one.updated))
    if one.author:
        _add(_add(entry, "author"), "name", one.author)
    for code, name in one.keywords:
        _add(entry, "category", term=code, label=name)
    if one.summary:
        _add(entry, "summary", one.summary)
    if one.content:
        _add(entry, "content", one.content, type="html")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    element.text = _NOT_XML.sub("", text) or None
    return element


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def unless_known(
    request: HttpRequest,
    content: bytes,
    *,
    content_type: str,
    modified: datetime | None,
    sees_removals: bool,
    filename: str = "",
) -> HttpResponseBase:
    """The content with its ETag and Last-Modified; 304 without it to who has it already.

    ``modified`` is when it last changed, None when there is nothing yet. Whoever asks by that moment alone is believed
    only when it moves with what is taken away too (``sees_removals``). With ``filename`` browsers save it.
    """
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag = quote_etag(sha256(content).hexdigest()[:32])
    response["X-Content-Type-Options"] = "nosniff"
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    seconds = None
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
        seconds = int(modified.timestamp()) if sees_removals else None
    patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, etag=etag, last_modified=seconds, response=response) or response
