"""What the tests of nomination calls share."""

import os
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.utils import translation

from yhdys.config.settings.base import mailer


@pytest.fixture
def real_mail(settings: LazySettings) -> None:
    """Letters leave by SMTP; pytest-django would put them into a box in memory."""
    settings.MAILERS = {"default": mailer(os.environ["EMAIL_URL"])}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared in the language of the code."""
    with translation.override("en"):
        yield
