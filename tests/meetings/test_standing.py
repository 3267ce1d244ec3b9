"""What a new agenda begins with, what it takes up from elsewhere, and its clock."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.councils import BodyFactory
from tests.factories.meetings import MeetingFactory, held_meeting, in_days

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.meetings import matters
from yhdys.meetings.actions import (
    add_item,
    add_standing_item,
    begin_with_common_items,
    cancel_meeting,
    change_standing_item,
    clone_meeting,
    create_meeting,
    move_standing_item,
    record_outcome,
    remove_standing_item,
    take_over_tabled_items,
    take_up_item,
    take_up_matter,
)
from yhdys.meetings.enums import ItemKind, MeetingKind, Outcome
from yhdys.meetings.models import AgendaItem, Meeting, StandingItem
from yhdys.meetings.queries import give_times, items_waiting, matters_waiting

pytestmark = pytest.mark.usefixtures("region")


def titles(meeting: Meeting) -> list[str]:
    return [f"{item.number} {item.title_fi}" for item in meeting.agenda_items.order_by("number")]


def template(body: Any, kind: str = MeetingKind.ORDINARY) -> list[str]:
    return [f"{item.number} {item.title_fi}" for item in StandingItem.objects.begun_with(body, kind)]


# --- The template ---
def test_a_template_is_built_changed_and_put_in_order() -> None:
    body = BodyFactory()
    add_standing_item(body, MeetingKind.ORDINARY, by=None, title="Päätös", stays_last=True)
    opening = add_standing_item(body, MeetingKind.ORDINARY, by=None, title="Avaus", minutes_planned=5)
    other = add_standing_item(body, MeetingKind.ORDINARY, by=None, title="Ilmoitukset")
    add_standing_item(body, MeetingKind.CONSTITUTIVE, by=None, title="Vaalit")
    assert template(body) == ["1 Avaus", "2 Ilmoitukset", "3 Päätös"]

    move_standing_item(other, to=1, by=None)
    change_standing_item(opening, title="Kokouksen avaus", by=None)
    assert template(body) == ["1 Ilmoitukset", "2 Kokouksen avaus", "3 Päätös"]
    other.refresh_from_db()
    remove_standing_item(other, by=None)
    assert template(body) == ["1 Kokouksen avaus", "2 Päätös"]
    assert template(body, MeetingKind.CONSTITUTIVE) == ["1 Vaalit"]
    verbs = set(Entry.objects.about(body).values_list("verb", flat=True))
    assert {"standing_item_added", "standing_item_changed", "standing_items_reordered", "standing_item_removed"} <= {
        verb.rpartition(".")[2] for verb in verbs
    }


def test_the_common_items_come_in_every_language_and_only_into_an_empty_template() -> None:
    body = BodyFactory()
    begin_with_common_items(body, MeetingKind.CONSTITUTIVE, by=None)
    found = list(StandingItem.objects.begun_with(body, MeetingKind.CONSTITUTIVE))
    assert found[1].title_fi == "Väliaikaisen puheenjohtajan ja sihteerin valinta"
    assert found[1].title_sv == "Val av tillfällig ordförande och sekreterare"
    assert found[1].title_en == "Election of the temporary chair and secretary"
    assert [item.title_en for item in found if item.kind == ItemKind.ELECTION][2:5] == [
        "Election of the chair",
        "Election of the vice chair",
        "Election of the secretary",
    ]
    with pytest.raises(ActionRefused, match="The template has items already"):
        begin_with_common_items(body, MeetingKind.CONSTITUTIVE, by=None)


def test_a_template_has_an_end() -> None:
    body = BodyFactory()
    for number in range(40):
        add_standing_item(body, MeetingKind.ORDINARY, by=None, title=f"Asia {number}")
    with pytest.raises(ActionRefused, match="at most 40 items"):
        add_standing_item(body, MeetingKind.ORDINARY, by=None, title="Yksi liikaa")


# --- A new agenda ---
def test_a_new_meeting_begins_with_the_items_of_its_kind_and_matters_come_before_the_last_ones() -> None:
    body = BodyFactory()
    add_standing_item(body, MeetingKind.ORDINARY, by=None, title="Avaus", minutes_planned=5, presenter="Pj")
    add_standing_item(body, MeetingKind.ORDINARY, by=None, title="Päätös", stays_last=True)
    add_standing_item(body, MeetingKind.CONSTITUTIVE, by=None, title="Vaalit", kind=ItemKind.ELECTION)

    meeting = create_meeting(body, by=None, title="Kokous")
    add_item(meeting, by=None, title="Lausunto")
    assert titles(meeting) == ["1 Avaus", "2 Lausunto", "3 Päätös"]
    first = meeting.agenda_items.get(number=1)
    assert (first.minutes_planned, first.presenter, first.kind) == (5, "Pj", ItemKind.FORMAL)

    assert titles(create_meeting(body, by=None, title="Kokous", kind=MeetingKind.CONSTITUTIVE)) == ["1 Vaalit"]
    copy = clone_meeting(meeting, by=None)
    assert titles(copy) == titles(meeting)
    add_item(copy, by=None, title="Toinen")
    assert titles(copy)[-1] == "4 Päätös"


# --- Items of earlier meetings ---
@pytest.fixture
def former() -> AgendaItem:
    """An item that a meeting returned for preparation, with a tabled one beside it."""
    meeting = held_meeting()
    items = list(meeting.agenda_items.order_by("number"))
    record_outcome(items[0], by=None, outcome=Outcome.TABLED)
    return record_outcome(items[1], by=None, outcome=Outcome.RETURNED)


def test_a_returned_item_is_offered_and_taken_up_once(former: AgendaItem) -> None:
    meeting = MeetingFactory(body=former.meeting.body)
    assert [item.outcome for item in items_waiting(meeting)] == [Outcome.TABLED, Outcome.RETURNED]
    item = take_up_item(meeting, former, by=None)
    assert (item.continues, item.title_fi) == (former, former.title_fi)
    assert [one.outcome for one in items_waiting(meeting)] == [Outcome.TABLED]
    with pytest.raises(ActionRefused, match="a meeting has taken it up"):
        take_up_item(MeetingFactory(body=former.meeting.body), former, by=None)
    assert [one.continues.outcome for one in take_over_tabled_items(meeting, by=None) if one.continues] == ["tabled"]


def test_what_a_cancelled_meeting_took_up_waits_again(former: AgendaItem) -> None:
    off = MeetingFactory(body=former.meeting.body)
    take_up_item(off, former, by=None)
    cancel_meeting(off, reason="Sali ei ole vapaa", by=None)
    assert former in items_waiting(MeetingFactory(body=former.meeting.body))


def test_another_bodys_item_is_not_taken_up(former: AgendaItem) -> None:
    meeting = MeetingFactory()
    assert items_waiting(meeting) == []
    with pytest.raises(ActionRefused):
        take_up_item(meeting, former, by=None)
    assert titles(meeting) == []


# --- Matters of other modules ---
@pytest.fixture
def proposals() -> Iterator[list[tuple[str, str]]]:
    """A module that brings two matters to every body, and what it was told."""
    told: list[tuple[str, str]] = []
    matters.provider(
        matters.Provider(
            key="proposals",
            name="Proposals",
            waiting=lambda body: [
                matters.Matter("a", "Bussivuorot", "<p>Illalla ei pääse.</p>", presenter="Maija"),
                matters.Matter("b", "Tilat"),
            ],
            address=lambda reference: f"/asiat/{reference}/",
            taken_up=lambda reference, item, by: told.append((reference, item.title_fi)),
        )
    )
    yield told
    matters.withdraw("proposals")


def test_a_matter_becomes_an_item_that_knows_where_it_came_from(proposals: list[tuple[str, str]]) -> None:
    meeting = MeetingFactory()
    item = take_up_matter(meeting, "proposals", "a", by=None)
    item.refresh_from_db()
    assert (item.title_fi, item.description_fi, item.presenter) == ("Bussivuorot", "<p>Illalla ei pääse.</p>", "Maija")
    assert matters.address_of_source(item.source) == "/asiat/a/"
    assert proposals == [("a", "Bussivuorot")]
    (offer,) = matters_waiting(MeetingFactory(body=meeting.body))
    assert [matter.reference for matter in offer.matters] == ["b"]
    with pytest.raises(ActionRefused, match="The matter is not waiting any more"):
        take_up_matter(MeetingFactory(body=meeting.body), "proposals", "a", by=None)


def test_a_cancelled_meeting_gives_its_matters_back(proposals: list[tuple[str, str]]) -> None:
    meeting = MeetingFactory()
    take_up_matter(meeting, "proposals", "a", by=None)
    cancel_meeting(meeting, reason="Ei asioita", by=None)
    (offer,) = matters_waiting(MeetingFactory(body=meeting.body))
    assert [matter.reference for matter in offer.matters] == ["a", "b"]


@pytest.mark.parametrize("key", ["proposals", "a:b"])
def test_a_provider_has_a_key_of_its_own(proposals: list[tuple[str, str]], key: str) -> None:
    with pytest.raises(ValueError, match="No key for a provider"):
        matters.provider(matters.Provider(key, "x", lambda body: [], str, lambda reference, item, by: None))


# --- The clock ---
def test_each_item_begins_when_those_before_it_are_done() -> None:
    meeting = MeetingFactory(starts_at=in_days(20, 14), ends_at=in_days(20, 16))
    for minutes in (10, 45, None, 5):
        add_item(meeting, by=None, title="Asia", minutes_planned=minutes)
    items = list(meeting.agenda_items.order_by("number"))
    assert give_times(meeting, items) is None
    wall = [item.begins_at and f"{item.begins_at.astimezone(clock.HELSINKI):%H.%M}" for item in items]
    assert wall == ["14.00", "14.10", "14.55", None]
    assert give_times(meeting, items[:2]) == in_days(20, 14) + timedelta(minutes=55)
    assert give_times(meeting, []) is None
    meeting.starts_at = None
    assert give_times(meeting, items) is None


@pytest.mark.parametrize("minutes", [0, 601])
def test_an_estimate_is_a_minute_at_least_and_ten_hours_at_most(minutes: int) -> None:
    with pytest.raises(ActionRefused):
        add_item(MeetingFactory(), by=None, title="Asia", minutes_planned=minutes)


def test_two_hundred_items_are_put_in_order_by_few_questions() -> None:
    meeting = MeetingFactory()
    AgendaItem.objects.bulk_create(AgendaItem(meeting=meeting, number=n, title_fi=f"Asia {n}") for n in range(1, 201))
    from_elsewhere = items_waiting(meeting)
    assert from_elsewhere == []
    with CaptureQueriesContext(connection) as captured:
        add_item(meeting, by=None, title="Viimeinen")
    assert titles(meeting)[-1] == "201 Viimeinen"
    assert len(captured) < 20
