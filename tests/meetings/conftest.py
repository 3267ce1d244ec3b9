"""What the tests of meetings share."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import translation
from icalendar import Calendar

from yhdys.config.settings.base import mailer
from yhdys.tenancy import outbox


@pytest.fixture
def real_mail(settings: LazySettings) -> None:
    """Letters leave by SMTP; pytest-django would put them into a box in memory."""
    settings.MAILERS = {"default": mailer(os.environ["EMAIL_URL"])}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in the language of the code."""
    with translation.override("en"):
        yield


def deliver() -> None:
    """Run the outbox until nothing is left, as workers do."""
    while outbox.sweep():
        pass


def body_of(message: Any, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def calendar_of(message: Any) -> Any:
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 1
    return parts[0], Calendar.from_ical(parts[0].get_payload(decode=True))
