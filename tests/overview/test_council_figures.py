"""What a region's councils amount to, as the nation is told."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory

from yhdys.core import clock
from yhdys.councils.enums import BodyKind
from yhdys.councils.models import Membership
from yhdys.overview import actions
from yhdys.overview.counting import as_told
from yhdys.overview.models import Figure
from yhdys.overview.registry import metrics
from yhdys.regions.models import Region
from yhdys.tenancy.models import OutboxEntry

OF_COUNCILS = ("council_founded", "bodies", "seats", "vacant_seats", "members")


@pytest.fixture(autouse=True)
def in_november(region: Region) -> None:
    """Kainuu, with nothing waiting."""
    OutboxEntry.objects.all().delete()


def told(period: str = "now") -> dict[str, int | None]:
    with clock.at(clock.helsinki(2026, 11, 21)):
        actions.push()
    return dict(Figure.objects.filter(metric__in=OF_COUNCILS, period=period).values_list("metric", "value"))


def test_a_region_without_a_council_tells_that_it_has_no_bodies() -> None:
    assert told() == {"bodies": 0}


def test_seats_are_told_whatever_their_number_and_people_only_when_many() -> None:
    council = BodyFactory(founded_year=2012)
    BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=council)
    term = TermFactory(body=council)
    SeatFactory(term=term)
    for _ in range(4):
        MembershipFactory(seat=SeatFactory(term=term))
    assert told() == {"council_founded": 2012, "bodies": 2, "seats": 5, "vacant_seats": 1, "members": None}
    MembershipFactory(seat=SeatFactory(term=term))
    assert told()["members"] == 5


def test_what_has_ended_is_not_counted() -> None:
    council = BodyFactory(founded_on=date(2020, 11, 23))
    BodyFactory(kind=BodyKind.OTHER, ended_on=date(2026, 1, 1))
    term = TermFactory(body=council)
    ended = MembershipFactory(seat=SeatFactory(term=term), end=date(2026, 6, 1))
    assert told() == {"council_founded": 2020, "bodies": 1, "seats": 1, "vacant_seats": 1, "members": 0}
    assert isinstance(ended, Membership)


def test_the_past_is_told_by_month_as_the_records_have_it() -> None:
    council = BodyFactory(founded_on=date(2024, 3, 10))
    first = TermFactory(body=council, start=date(2024, 4, 1), end=date(2025, 12, 31))
    leaver = MembershipFactory(seat=SeatFactory(term=first), end=date(2024, 6, 30))
    SeatFactory(term=first, start=date(2024, 7, 1))
    assert told("2024-02") == {}
    assert told("2024-03") == {"bodies": 1}
    assert told("2024-06") == {"bodies": 1, "seats": 1, "vacant_seats": 0, "members": None}
    assert told("2024-07") == {"bodies": 1, "seats": 2, "vacant_seats": 2, "members": 0}
    assert told("2026-01") == {"bodies": 1}
    leaver.end = date(2024, 8, 15)
    leaver.save()
    assert told("2024-07") == {"bodies": 1, "seats": 2, "vacant_seats": 1, "members": None}


def test_counting_every_month_asks_as_many_questions_as_counting_one() -> None:
    asked = []
    for began in (date(2026, 11, 1), date(2000, 1, 1)):
        council = BodyFactory(founded_on=began, kind=BodyKind.OTHER)
        MembershipFactory(seat=SeatFactory(term=TermFactory(body=council, start=began, end=None)))
        with CaptureQueriesContext(connection) as queries, clock.at(clock.helsinki(2026, 11, 21)):
            for metric in metrics():
                as_told(metric)
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("change", ["save", "delete"])
def test_a_change_of_the_roster_is_told(change: str) -> None:
    membership = MembershipFactory()
    OutboxEntry.objects.all().delete()
    getattr(membership, change)()
    assert OutboxEntry.objects.get().effect == actions.PUSH
