"""What the balance view says of a composition."""

import pytest
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.nominations import AINO, EERO, invitations_of, names_for, opened_call

from yhdys.councils.enums import Balance as Binding
from yhdys.councils.enums import Represents
from yhdys.keywords.models import Sector
from yhdys.nominations.actions import answer_call, set_target
from yhdys.nominations.enums import Door, Place, TargetKind
from yhdys.nominations.models import NominationCall, Target
from yhdys.nominations.queries import Share, balance_of
from yhdys.places.models import Municipality

pytestmark = pytest.mark.usefixtures("region")


@pytest.mark.parametrize(
    ("women", "men", "others", "met", "still_open"),
    [
        (0, 0, 0, True, False),
        (1, 0, 0, True, False),  # nobody can be both
        (1, 1, 0, True, False),
        (2, 0, 0, False, False),
        (2, 1, 0, True, False),  # as near as three can come
        (3, 2, 0, True, False),
        (4, 1, 0, False, False),
        (4, 2, 0, False, False),  # 40 per cent of six is three
        (6, 4, 0, True, False),
        (7, 3, 0, False, False),
        (4, 2, 4, False, True),
        (4, 4, 2, True, False),
        (8, 0, 2, False, False),
    ],
)
def test_forty_per_cent_of_each(women: int, men: int, others: int, met: bool, still_open: bool) -> None:
    share = Share(Place.MEMBER, women, men, others)
    assert (share.is_met, share.is_open) == (met, still_open)


def test_what_is_missing_is_said_in_words() -> None:
    assert Share(Place.MEMBER, 7, 3, 0).verdict == "Not reached: 1 man more are needed."
    assert Share(Place.DEPUTY, 4, 2, 4).verdict.startswith("Cannot be told: 2 men")
    assert "At least 40 %" in Share(Place.MEMBER, 6, 4, 0).verdict
    assert Share(Place.DEPUTY, 0, 0, 0).verdict == "Nobody yet."


def composed(binding: Binding = Binding.BINDING) -> NominationCall:
    """Two seats of which one is answered, beside one that somebody holds already."""
    body = BodyFactory(balance=binding)
    call = opened_call(seats=2, term=TermFactory(body=body))
    sector = Sector.objects.order_by("position")[0]
    first = invitations_of(call)[0]
    seat = first.seats.get()
    seat.sector = sector
    seat.save()
    assert first.organisation is not None
    first.organisation.municipality = Municipality.objects.get(code="205")
    first.organisation.save()
    answer_call(first, names_for(first, AINO, EERO), way=Door.LINK)
    staying = SeatFactory(term=call.term, represents=Represents.EXPERT, label_fi="Asiantuntija", organisation=None)
    MembershipFactory(seat=staying)
    return NominationCall.objects.get(pk=call.pk)


def test_targets_are_compared_with_who_would_sit() -> None:
    call = composed()
    sectors = list(Sector.objects.order_by("position")[:2])
    for target in (
        Target(kind=TargetKind.SECTOR, sector=sectors[0], at_least=2),
        Target(kind=TargetKind.SECTOR, sector=sectors[1], at_least=1),
        Target(kind=TargetKind.MUNICIPALITY, municipality=Municipality.objects.get(code="205")),
        Target(kind=TargetKind.SEAT_KIND, seat_kind=Represents.EXPERT, at_least=1),
    ):
        target.body = call.body
        set_target(target, by=None)
    balance = balance_of(call)
    by_sector, by_place, by_kind = balance.dimensions
    assert [(row.label, row.count, row.target) for row in by_sector.rows] == [
        (str(sectors[0]), 1, 2),
        (str(sectors[1]), 0, 1),
    ]
    assert [(row.label, row.count) for row in by_place.rows] == [("Kajaani", 1)]
    assert {row.label: row.count for row in by_kind.rows} == {"Expert": 1, "Organisation": 1}
    assert balance.gaps == (
        f"{sectors[0]}: 1, while 2 are wanted.",
        f"{sectors[1]}: nobody, while one member is wanted.",
    )


def test_members_and_deputies_are_counted_apart() -> None:
    members, deputies = balance_of(composed()).shares
    assert (members.women, members.men, deputies.women, deputies.men) == (1, 0, 0, 1)


def test_a_reason_is_needed_only_where_the_act_binds() -> None:
    call = composed(Binding.RECOMMENDED)
    second = invitations_of(call)[1]
    answer_call(second, names_for(second, AINO.__class__("Orvokki Oja", "o@example.org", gender="woman"), None),
                way=Door.LINK)  # fmt: skip
    balance = balance_of(call)
    assert (balance.meets_act, balance.is_binding, balance.needs_reason) == (False, False, False)
    call.body.balance = Binding.BINDING
    call.body.save()
    assert balance_of(call).needs_reason


def test_the_balance_is_counted_by_as_many_queries_whatever_its_size(django_assert_max_num_queries: object) -> None:
    call = composed()
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture that is a context
        balance_of(call)
