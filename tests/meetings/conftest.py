"""What the tests of meetings share."""

import os

import pytest
from django.conf import LazySettings

from yhdys.config.settings.base import mailer


@pytest.fixture
def real_mail(settings: LazySettings) -> None:
    """Letters leave by SMTP; pytest-django would put them into a box in memory."""
    settings.MAILERS = {"default": mailer(os.environ["EMAIL_URL"])}
