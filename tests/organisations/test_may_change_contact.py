"""Who has ``organisations.change_contact``."""

import pytest
from tests.organisations.permissions import KEEPERS, assert_allowed, assert_nothing_for_strangers

from yhdys.regions.models import Region


@pytest.mark.usefixtures("region")
def test_exactly_these_positions_may() -> None:
    assert_allowed("organisations.change_contact", KEEPERS, past=set(), colleague=True, oneself=True)


def test_nobody_from_outside_may(kainuu: Region, lappi: Region) -> None:
    assert_nothing_for_strangers("organisations.change_contact", kainuu, lappi)
