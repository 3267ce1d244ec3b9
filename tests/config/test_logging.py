"""Log lines tell whose they are, and of no person."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings

from yhdys.config.logging import configure
from yhdys.tenancy.context import in_national, in_region

log = structlog.get_logger("yhdys.test")


@pytest.fixture
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the console gets, in the test's format."""
    before = list(logging.root.handlers), logging.root.level
    stream = io.StringIO()
    configure({"format": getattr(request, "param", "json"), "level": "INFO"})
    [handler] = logging.root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield stream
    logging.root.handlers[:], logging.root.level = before
    configure(settings.LOGGING)
    logging.root.handlers[:] = before[0]


def line(stream: io.StringIO) -> dict[str, Any]:
    [one] = stream.getvalue().splitlines()
    return dict(json.loads(one))


def test_a_line_is_json_with_its_region_and_request(written: io.StringIO) -> None:
    with in_region("kainuu"), structlog.contextvars.bound_contextvars(request_id="request-1"):
        log.info("meeting.convened", letters=11)
    told = line(written)
    assert told.pop("timestamp").endswith("Z")
    assert told == {
        "event": "meeting.convened",
        "letters": 11,
        "level": "info",
        "logger": "yhdys.test",
        "region": "kainuu",
        "request_id": "request-1",
    }


def test_lines_of_libraries_have_them_too(written: io.StringIO) -> None:
    with in_national():
        logging.getLogger("some.library").warning("Lost %s of %s", 1, "two")
    told = line(written)
    assert (told["event"], told["region"], told["logger"]) == ("Lost 1 of two", "public", "some.library")


def test_a_line_outside_every_region_names_none(written: io.StringIO) -> None:
    log.warning("broker.down")
    assert "region" not in line(written)


@pytest.mark.parametrize("written", ["json", "console"], indirect=True)
def test_addresses_of_people_are_not_written(written: io.StringIO) -> None:
    address = "aino.esimerkki+x@posti.example.org"
    log.info("sent", to=[address], nested={"reply": address}, mail=f"mailto:{address}?subject=x")
    logging.getLogger("smtp").error("550 <%s> unknown", address)
    try:
        raise ValueError(f"No mailbox ({address})")
    except ValueError:
        log.exception("refused")
    text = written.getvalue()
    assert len(text.splitlines()) >= 3
    assert "esimerkki" not in text
    assert "posti.example" not in text
    assert text.count("[address]") >= 5


@pytest.mark.parametrize("written", ["console"], indirect=True)
def test_a_developer_reads_lines_without_braces(written: io.StringIO) -> None:
    with in_region("kainuu"):
        log.info("meeting.convened")
    assert "meeting.convened" in written.getvalue()
    assert "region=kainuu" in written.getvalue()
    assert "{" not in written.getvalue()


def test_the_format_of_production_is_json() -> None:
    assert settings.LOGGING["format"] == "json"
