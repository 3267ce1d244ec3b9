"""What an error tells Sentry, and what it keeps to itself."""

import json
from typing import Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from yhdys.config import sentry
from yhdys.tenancy.context import in_region


class Kept(Transport):
    """Takes what would be sent."""

    envelopes: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)


@pytest.fixture
def told() -> Any:
    """The one event of a failing form, as it would leave."""
    Kept.envelopes.clear()
    sentry.start("https://key@sentry.example/1", transport=Kept)
    try:
        with in_region("kainuu"):
            fails("Aino Esimerkki")
        [envelope] = Kept.envelopes
        yield envelope.get_event()
    finally:
        sentry_sdk.init()


def fails(name: str) -> None:
    sentry_sdk.set_user({"id": "1", "email": "aino.esimerkki@example.org"})
    sentry_sdk.set_extra("typed", name)
    with sentry_sdk.new_scope() as scope:
        scope.add_event_processor(
            lambda event, hint: (
                event
                | {
                    "request": {
                        "method": "POST",
                        "url": "https://kainuu.example/vastaus/salainen-linkki/",
                        "query_string": "nimi=Aino+Esimerkki",
                        "data": {"name": name},
                        "cookies": {"__Host-yhdys_session": "salainen"},
                        "headers": {"Cookie": "salainen"},
                        "env": {"REMOTE_ADDR": "203.0.113.7"},
                    }
                }
            )
        )
        try:
            raise ValueError("No mailbox aino.esimerkki@example.org")
        except ValueError as error:
            sentry_sdk.capture_exception(error)


def test_an_error_says_where_and_in_which_region(told: Any) -> None:
    [exception] = told["exception"]["values"]
    assert (exception["type"], exception["value"]) == ("ValueError", "No mailbox [address]")
    assert exception["stacktrace"]["frames"][-1]["function"] == "fails"
    assert told["tags"]["region"] == "kainuu"
    assert told["request"] == {"method": "POST"}


@pytest.mark.parametrize("private", ["Esimerkki", "esimerkki", "salainen", "203.0.113.7"])
def test_it_says_nothing_of_people(told: Any, private: str) -> None:
    [exception] = told["exception"]["values"]
    for frame in exception["stacktrace"]["frames"]:
        assert "vars" not in frame
        for part in ("pre_context", "context_line", "post_context"):
            frame.pop(part, None)  # This file's own lines, which name the fictional person.
    assert private not in json.dumps(told, default=str)
