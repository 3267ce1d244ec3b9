"""Every address of the API, attacked: whatever comes in, what goes out is a problem, never a server's failure."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.api.conftest import Program, program_of
from tests.factories.accounts import user_with_role
from tests.factories.meetings import convened_meeting, secretary_of
from tests.factories.news import ArticleFactory
from tests.factories.organisations import OrganisationFactory

from yhdys.accounts.models import StaffRole
from yhdys.api.parsing import LARGEST
from yhdys.api.schema import description_of
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

NOBODYS = "01930000-0000-7000-8000-000000000000"
NAMES = ("title", "name", "body", "kind", "starts_at", "reason", "on", "at", "number", "outcome", "keywords")
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"title": "\xff"}',
    "null": b"null",
    "a list": b"[]",
    "a number": b"1e400",
    "no number": b"NaN",
    "a long number": b"9" * 5000,
    "deep": b"[" * 100_000,
    "deep objects": b'{"title":' * 50_000,
    "an empty key": b'{"": 1}',
    "a zero": rb'{"title": {"fi": "\u0000"}, "name": {"fi": "\u0000"}, "reason": "\u0000", "text": "\u0000"}',
    "half a sign": rb'{"title": {"fi": "\ud800"}, "name": {"fi": "\ud800"}, "reason": "\ud800", "text": "\ud800"}',
    "wrong types": json.dumps({name: [{}] for name in NAMES}).encode(),
    "booleans": b'{"title": true, "name": true, "body": true, "number": true, "on": true, "at": true, "reason": true}',
    "unknown members": b'{"__class__": "x", "pk": 1, "state": "published", "user": 1}',
}


def operations(urlconf: str = "yhdys.config.urls_region") -> Iterator[tuple[str, str]]:
    """Each method and path of the description."""
    with in_region("kainuu"):
        paths = description_of(urlconf)["paths"]
    for path, methods in paths.items():
        for method in methods:
            if method in ("get", "post", "patch", "delete"):
                yield method.upper(), path


@pytest.fixture
def everybody(kainuu: Region) -> tuple[Program, dict[str, str]]:
    """A program that may do most, and a record for each address."""
    with in_region(kainuu):
        meeting = convened_meeting()
        user = secretary_of(meeting.body)
        StaffRole.objects.create(user=user, role=StaffRole.Role.EDITOR)
        item = meeting.agenda_items.first()
        assert item is not None
        keys = {
            "meetings": str(meeting.pk),
            "agenda-items": str(item.pk),
            "news": str(ArticleFactory.create().pk),
            "organisations": str(OrganisationFactory.create().pk),
            "terms": str(meeting.term_id),
            "slug": meeting.body.slug,
        }
        return program_of(user), keys


def filled(path: str, keys: dict[str, str]) -> str:
    return path.replace("{id}", keys.get(path.split("/")[3], NOBODYS)).replace("{slug}", keys["slug"])


def sound(answer: Any, *, at: str) -> None:
    """Anything but a failure, and told as a problem when it is an error."""
    assert answer.status_code < 500, f"{at}: {answer.content[:500]!r}"
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json", at
        assert answer.json()["status"] == answer.status_code, at


@pytest.mark.parametrize("kind", BODIES)
def test_no_body_makes_the_server_fail(everybody: tuple[Program, dict[str, str]], kind: str) -> None:
    program, keys = everybody
    changing = [one for one in operations() if one[0] in ("POST", "PATCH")]
    assert len(changing) > 15
    for method, path in changing:
        answer = program.send(method, filled(path, keys), BODIES[kind], if_match="*")
        sound(answer, at=f"{method} {path}")
        if kind not in ("nothing", "unknown members"):
            assert answer.status_code in (400, 403, 404, 409), f"{method} {path}: {answer.status_code}"


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/xml", "multipart/form-data; boundary=x", "x", "application/json; charset=base64"]
)
def test_what_is_no_json_is_refused(everybody: tuple[Program, dict[str, str]], kind: str) -> None:
    program, _keys = everybody
    for path in ("news/", "meetings/", "organisations/"):
        answer = program.send("POST", path, b'{"a": 1}', content_type=kind)
        sound(answer, at=path)
        assert answer.status_code == (400 if "json" in kind else 415)


def test_a_huge_body_is_not_read(everybody: tuple[Program, dict[str, str]]) -> None:
    program, _keys = everybody
    for path in ("news/", "meetings/", "organisations/"):
        answer = program.send("POST", path, b'{"title": "' + b"x" * LARGEST + b'"}')
        sound(answer, at=path)
        assert answer.status_code == 413


@pytest.mark.parametrize("key", [NOBODYS, "0", "x", "%00", "..", "' OR 1=1 --", "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_names_nothing_is_not_there(everybody: tuple[Program, dict[str, str]], key: str) -> None:
    program, _keys = everybody
    for method, path in operations():
        if "{" not in path:
            continue
        answer = program.send(method, path.replace("{id}", key).replace("{slug}", key), {}, if_match="*")
        sound(answer, at=f"{method} {path}")
        assert answer.status_code in (400, 404), f"{method} {path}"


@pytest.mark.parametrize(
    "query",
    [
        "page_size=-1", "page_size=99999999999999999999", "cursor=%00", "cursor[]=1", "first_day=2022-13-45",
        "q=%00", "q=%ff", "q=" + "x" * 9000, "q=%25%5F%5C", "kind=%00", "on=%00", "on=9999-99-99", "period=%00",
        "metric=%00", "active=%00", "sector=%00", "municipality=%00", "parent=%00", "body=%00", "a=1&" * 900,
    ],
)  # fmt: skip
def test_no_query_makes_the_server_fail(everybody: tuple[Program, dict[str, str]], query: str) -> None:
    program, keys = everybody
    for method, path in operations():
        if method == "GET":
            sound(program.get(f"{filled(path, keys)}?{query}"), at=path)


@pytest.mark.parametrize("query", ["metric=%00", "period=%00", "page_size=x", "cursor=x"])
def test_no_query_makes_the_national_site_fail(kainuu: Region, query: str) -> None:
    program = Program("localhost")
    for _method, path in operations("yhdys.config.urls_national"):
        sound(program.get(f"{path.replace('{slug}', 'kainuu')}?{query}"), at=path)


@pytest.mark.parametrize("value", ["", "x", '"', 'W/"', "*", '"\x7f"', '"a", "b"', "ä"])
def test_no_tag_makes_the_server_fail(everybody: tuple[Program, dict[str, str]], value: str) -> None:
    program, keys = everybody
    path = f"news/{keys['news']}/"
    sound(program.get(path, if_none_match=value), at="If-None-Match")
    answer = program.send("PATCH", path, {"lead": {"fi": "x"}}, if_match=value)
    sound(answer, at="If-Match")
    assert answer.status_code == (428 if not value else 200 if value == "*" else 412)


def test_a_visitor_changes_nothing_whatever_is_sent(everybody: tuple[Program, dict[str, str]]) -> None:
    _program, keys = everybody
    for method, path in operations():
        if method != "GET":
            assert Program().send(method, filled(path, keys), {}, if_match="*").status_code == 401, path


def test_an_observer_changes_nothing(kainuu: Region, everybody: tuple[Program, dict[str, str]]) -> None:
    _program, keys = everybody
    with in_region(kainuu):
        observer = program_of(user_with_role(StaffRole.Role.OBSERVER))
    for method, path in operations():
        if method != "GET":
            answer = observer.send(method, filled(path, keys), {}, if_match="*")
            assert answer.status_code in (400, 403, 404), f"{method} {path}: {answer.status_code}"
