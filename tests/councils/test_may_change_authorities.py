"""Who has ``councils.change_authorities``."""

import pytest
from tests.councils.permissions import assert_allowed, assert_nothing_for_strangers

from yhdys.regions.models import Region


@pytest.mark.usefixtures("region")
def test_exactly_these_positions_may_and_only_while_they_last() -> None:
    assert_allowed(
        "councils.change_authorities",
        {"administrator", "editor", "secretary", "communications", "elsewhere"},
        convener_may=True,
    )


def test_nobody_from_outside_may(kainuu: Region, lappi: Region) -> None:
    assert_nothing_for_strangers("councils.change_authorities", kainuu, lappi)
