"""Who has ``organisations.view_organisations``."""

import pytest
from tests.organisations.permissions import ALL, STAFF, assert_allowed, assert_nothing_for_strangers

from yhdys.regions.models import Region


@pytest.mark.usefixtures("region")
def test_exactly_these_positions_may() -> None:
    assert_allowed("organisations.view_organisations", ALL, past=ALL - STAFF, colleague=True, oneself=False)


def test_nobody_from_outside_may(kainuu: Region, lappi: Region) -> None:
    assert_nothing_for_strangers("organisations.view_organisations", kainuu, lappi)
