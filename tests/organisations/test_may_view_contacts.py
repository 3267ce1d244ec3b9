"""Who has ``organisations.view_contacts``."""

import pytest
from tests.organisations.permissions import KEEPERS, assert_allowed, assert_nothing_for_strangers

from yhdys.regions.models import Region


@pytest.mark.usefixtures("region")
def test_exactly_these_positions_may() -> None:
    assert_allowed("organisations.view_contacts", KEEPERS | {"observer"}, past=set(), colleague=False, oneself=False)


def test_nobody_from_outside_may(kainuu: Region, lappi: Region) -> None:
    assert_nothing_for_strangers("organisations.view_contacts", kainuu, lappi)
