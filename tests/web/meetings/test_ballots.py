"""Votes and elections at the desk: typed, shown to whoever may read them, taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.factories.accounts import UserFactory
from tests.factories.meetings import held_meeting, member, secretary_of, staff
from tests.factories.organisations import ContactFactory
from tests.web.meetings.conftest import Desk, text_of

from yhdys.accounts.models import StaffRole
from yhdys.core import clock
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership
from yhdys.meetings.actions import Stood, record_election, record_vote, start_minutes
from yhdys.meetings.enums import MinutesState, Publicity
from yhdys.meetings.models import AgendaItem, Election, Meeting, Vote

pytestmark = pytest.mark.usefixtures("region")


def url(name: str, **kwargs: Any) -> str:
    with translation.override("en"):
        return reverse(f"workspace:{name}", urlconf="yhdys.config.urls_region", kwargs=kwargs)


def candidates(*rows: dict[str, Any]) -> dict[str, Any]:
    """The rows of an election's form as a browser sends them."""
    data: dict[str, Any] = {"candidates-TOTAL_FORMS": "6", "candidates-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"candidates-{number}-{name}": value for name, value in row.items()}
    return data


def item_of(meeting: Meeting, number: int = 1) -> AgendaItem:
    return meeting.agenda_items.get(number=number)  # type: ignore[no-any-return]  # an item


def test_the_secretary_records_a_vote_and_an_election_and_sees_them(at_desk: Desk) -> None:
    meeting = held_meeting()
    item, person = item_of(meeting), ContactFactory(name="Maija Mäki")
    desk = at_desk(secretary_of(meeting.body))
    record = url("agenda-item-outcome", pk=item.pk)

    voted = desk.post(url("vote-add", pk=item.pk), {"in_favour": "5", "against": "3", "blank": "", "question": "Aika"})
    assert voted["Location"] == record
    elected = desk.post(
        url("election-add", pk=item.pk),
        {"office": "chair", **candidates({"contact": str(person.pk), "is_elected": "on"})},
    )
    assert elected["Location"] == record

    page = text_of(desk.get(record))
    for words in ("For 5, against 3, blank 0.", "Aika", "Elected unanimously", "Maija Mäki"):
        assert words in page
    agenda = text_of(desk.get(url("meeting", pk=meeting.pk)))
    assert "Vote:" in agenda
    assert "Maija Mäki" in agenda
    assert Membership.objects.get(body=meeting.body, role=Role.CHAIR).contact == person

    assert desk.post(url("vote-removal", pk=Vote.objects.get().pk))["Location"] == record
    election = Election.objects.get()
    asked = text_of(desk.get(url("election-undoing", pk=election.pk)))
    assert "Maija Mäki loses the office and its rights at once" in asked
    assert desk.post(url("election-undoing", pk=election.pk))["Location"] == record
    assert not Vote.objects.exists()
    assert not Membership.objects.filter(body=meeting.body, role=Role.CHAIR).exists()


def test_a_secretary_who_elects_another_is_led_to_where_they_may_still_be(at_desk: Desk) -> None:
    meeting = held_meeting()
    secretary = secretary_of(meeting.body)
    answer = at_desk(secretary).post(
        url("election-add", pk=item_of(meeting).pk),
        {"office": "secretary", **candidates({"contact": str(ContactFactory().pk), "is_elected": "on"})},
    )
    assert answer["Location"] == url("home")
    assert at_desk(secretary).get(url("agenda-item-outcome", pk=item_of(meeting).pk)).status_code in {403, 404}


@pytest.mark.parametrize(
    ("rows", "status", "sentence"),
    [
        ([], 409, "Write who stood in the election."),
        ([{"name": "Matti", "is_elected": "on"}], 409, "Choose Matti from the list of people"),
        ([{"name": "Matti", "is_elected": "on", "votes": "-1"}], 422, "candidates-0-votes"),
    ],
)
def test_what_is_missing_of_an_election_is_said_and_nothing_typed_is_lost(
    at_desk: Desk, rows: list[dict[str, Any]], status: int, sentence: str
) -> None:
    meeting = held_meeting()
    desk = at_desk(secretary_of(meeting.body))
    answer = desk.post(url("election-add", pk=item_of(meeting).pk), {"office": "chair", **candidates(*rows)})
    assert answer.status_code == status
    page = text_of(answer)
    assert sentence in page
    assert all("Matti" in page for _row in rows)
    assert not Election.objects.exists()


def test_a_task_without_a_name_is_asked_for(at_desk: Desk) -> None:
    meeting = held_meeting()
    desk = at_desk(secretary_of(meeting.body))
    row = {"name": "Matti", "is_elected": "on"}
    answer = desk.post(url("election-add", pk=item_of(meeting).pk), {"office": "other", **candidates(row)})
    assert answer.status_code == 422
    assert "Say what was elected" in text_of(answer)
    told = {"office": "other", "task": "Pöytäkirjantarkastaja"}
    assert desk.post(url("election-add", pk=item_of(meeting).pk), {**told, **candidates(row)}).status_code == 302


def test_an_editor_writes_votes_but_elects_nobody(at_desk: Desk) -> None:
    meeting = held_meeting()
    item = item_of(meeting)
    election = record_election(
        item, by=None, office="chair", candidates=[Stood(contact=ContactFactory(), is_elected=True)]
    )
    desk = at_desk(staff(StaffRole.Role.EDITOR))
    page = text_of(desk.get(url("agenda-item-outcome", pk=item.pk)))
    assert "Record a vote" in page
    assert "Record an election" not in page
    assert "Undo the election" not in page
    assert desk.get(url("election-add", pk=item.pk)).status_code == 403
    assert desk.post(url("election-undoing", pk=election.pk)).status_code == 403


def test_a_member_reads_what_was_counted_and_writes_nothing(at_desk: Desk) -> None:
    meeting = held_meeting()
    item, user = item_of(meeting), UserFactory()
    member(meeting.term, user=user)
    vote = record_vote(item, by=None, in_favour=7, against=2)
    desk = at_desk(user)
    assert "7–2" in text_of(desk.get(url("meeting", pk=meeting.pk)))
    for address in (url("vote-add", pk=item.pk), url("election-add", pk=item.pk)):
        assert desk.get(address).status_code == 403
    assert desk.post(url("vote-removal", pk=vote.pk)).status_code == 403


def test_the_public_reads_votes_and_elections_of_public_items_when_the_minutes_are_published(visitor: Client) -> None:
    meeting = held_meeting()
    closed = item_of(meeting, 2)
    closed.publicity = Publicity.MEMBERS
    closed.save()
    record_vote(item_of(meeting), by=None, in_favour=7, against=2, question="Julkinen kysymys")
    record_vote(closed, by=None, in_favour=1, against=0, question="Suljettu kysymys")
    stood = [Stood(name="Yksi", votes=4, is_elected=True), Stood(name="Toinen", votes=4)]
    record_election(item_of(meeting), by=None, task="Tarkastaja", candidates=stood, blank=1)
    minutes = start_minutes(meeting, by=None)
    page = f"/kokoukset/{meeting.slug}/"
    feed = f"/api/v1/meetings/{meeting.pk}/agenda/"

    before = text_of(visitor.get(page)) + text_of(visitor.get(feed))
    assert "Julkinen kysymys" not in before
    assert "Tarkastaja" not in before

    minutes.state, minutes.published_at = MinutesState.PUBLISHED, clock.now()
    minutes.save()
    after = text_of(visitor.get(page))
    for words in ("Julkinen kysymys", "Puolesta 7, vastaan 2, tyhjiä 0.", "Valittiin arvalla", "Toinen: 4 ääntä"):
        assert words in after
    told = visitor.get(feed).json()["results"]
    assert [one["votes"] for one in told] == [
        [
            {
                "id": str(Vote.objects.get(in_favour=7).pk),
                "question": "Julkinen kysymys",
                "in_favour": 7,
                "against": 2,
                "blank": 0,
            }
        ]
    ]
    assert told[0]["elections"][0]["candidates"] == [
        {"name": "Yksi", "votes": 4, "is_elected": True},
        {"name": "Toinen", "votes": 4, "is_elected": False},
    ]
    assert "Suljettu" not in after + str(told)
