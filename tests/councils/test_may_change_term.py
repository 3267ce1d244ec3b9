"""Who has ``councils.change_term``."""

import pytest
from tests.councils.permissions import assert_allowed, assert_nothing_for_strangers
from tests.factories.councils import BodyFactory
from tests.factories.people import convener

from yhdys.core import access, clock
from yhdys.councils.enums import TermState
from yhdys.councils.models import Term
from yhdys.councils.rules import forget_standing
from yhdys.regions.models import Region


@pytest.mark.usefixtures("region")
def test_exactly_these_positions_may_and_only_while_they_last() -> None:
    assert_allowed("councils.change_term", {"administrator", "secretary"}, convener_may=True)


def test_nobody_from_outside_may(kainuu: Region, lappi: Region) -> None:
    assert_nothing_for_strangers("councils.change_term", kainuu, lappi)


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("change", [{"constituted_on": clock.today()}, {"state": TermState.ENDED}])
def test_the_conveners_rights_end_with_the_constitutive_meeting_and_with_the_term(change: dict[str, object]) -> None:
    body = BodyFactory()
    who = convener(body)
    assert access.allowed(who, "councils.change_term", body)
    Term.objects.filter(body=body).update(**change)
    forget_standing(who)
    assert not access.allowed(who, "councils.change_term", body)
