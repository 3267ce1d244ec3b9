"""Votes and elections: what is counted, who gets an office at once, and what undoing takes back."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from tests.factories.accounts import UserFactory
from tests.factories.meetings import AgendaItemFactory, MeetingFactory, council, member
from tests.factories.organisations import ContactFactory

from yhdys.accounts.models import User
from yhdys.audit.models import Entry
from yhdys.audit.words import sentence_of
from yhdys.core import access, clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import Role
from yhdys.councils.models import Membership, Term
from yhdys.councils.rules import forget_standing
from yhdys.meetings.actions import (
    Present,
    Stood,
    close_meeting,
    record_attendance,
    record_election,
    record_outcome,
    record_vote,
    remove_item,
    remove_vote,
    start_minutes,
    undo_election,
)
from yhdys.meetings.enums import MeetingKind, MeetingState, MinutesState, Outcome
from yhdys.meetings.models import AgendaItem, Election, Meeting, Vote
from yhdys.organisations.models import Contact

pytestmark = pytest.mark.usefixtures("region")


@dataclass
class Held:
    """A held meeting of a council in a long term, and one of its items."""

    term: Term
    meeting: Meeting
    item: AgendaItem

    @property
    def day(self) -> date:
        assert self.meeting.day is not None
        return self.meeting.day


@pytest.fixture
def held(region: object) -> Held:
    return held_item()


def held_item(kind: str = MeetingKind.ORDINARY, term: Term | None = None) -> Held:
    term = term or council()
    start = clock.now() - timedelta(days=1)
    meeting = MeetingFactory(
        body=term.body,
        term=term,
        kind=kind,
        state=MeetingState.HELD,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
    )
    return Held(term, meeting, AgendaItemFactory(meeting=meeting, number=1))


def unanimously(contact: Contact) -> list[Stood]:
    return [Stood(contact=contact, is_elected=True)]


def holder(term: Term, role: Role, on: date | None = None) -> Membership | None:
    return Membership.objects.filter(body=term.body, role=role).in_force(on).first()


def lock(meeting: Meeting) -> None:
    minutes = start_minutes(meeting, by=None)
    minutes.state = MinutesState.APPROVED
    minutes.save()


# --- Votes ---
def test_a_vote_is_written_down_and_can_be_taken_back(held: Held) -> None:
    vote = record_vote(held.item, by=None, in_favour=5, against=3, blank=1, question="Aika")
    assert (vote.in_favour, vote.against, vote.blank, vote.cast) == (5, 3, 1, 9)
    entry = Entry.objects.about(held.meeting).first()
    assert entry is not None
    assert sentence_of(entry) == "Vote at 1 §: 5–3–1"

    remove_vote(vote, by=None)
    assert not Vote.objects.exists()


def test_nobody_voting_is_no_vote(held: Held) -> None:
    with pytest.raises(ActionRefused, match="at least one vote"):
        record_vote(held.item, by=None, in_favour=0, against=0)


def test_more_votes_than_voters_are_refused_once_the_attendance_is_known(held: Held) -> None:
    record_vote(held.item, by=None, in_favour=9, against=0)
    here = [Present(name=f"Jäsen {number}", votes=True) for number in range(2)]
    record_attendance(held.meeting, [*here, Present(name="Vieras")], by=None)
    with pytest.raises(ActionRefused, match="3 votes were cast, but 2 people with a vote were there"):
        record_vote(held.item, by=None, in_favour=2, against=1)
    record_vote(held.item, by=None, in_favour=1, against=1)


def test_nothing_is_counted_before_the_meeting_or_after_the_approval_of_its_minutes(held: Held) -> None:
    early = AgendaItemFactory(meeting=MeetingFactory())
    person = ContactFactory()
    election = record_election(held.item, by=None, candidates=unanimously(person), office=Role.CHAIR)
    vote = record_vote(held.item, by=None, in_favour=1, against=0)
    lock(held.meeting)
    for item in (early, held.item):
        with pytest.raises(ActionRefused):
            record_vote(item, by=None, in_favour=1, against=0)
        with pytest.raises(ActionRefused):
            record_election(item, by=None, candidates=unanimously(person), office=Role.SECRETARY)
    with pytest.raises(ActionRefused, match="minutes have been approved"):
        undo_election(election, by=None)
    with pytest.raises(ActionRefused, match="minutes have been approved"):
        remove_vote(vote, by=None)
    assert Election.objects.count() == Vote.objects.count() == 1


# --- Elections ---
def test_an_elected_officer_is_in_office_at_once_and_without_a_seat(held: Held) -> None:
    person = ContactFactory(name="Maija Mäki")
    election = record_election(held.item, by=None, candidates=unanimously(person), office=Role.CHAIR)
    office = holder(held.term, Role.CHAIR)
    assert office is not None
    assert (office.contact, office.seat, office.start, office.end) == (person, None, held.day, held.term.end)
    assert election.membership == office
    assert election.is_unanimous
    entry = Entry.objects.about(held.meeting).first()
    assert entry is not None
    assert sentence_of(entry) == "Election at 1 §, Chair: Maija Mäki"


def test_the_former_holders_office_ends_the_day_before(held: Held) -> None:
    former = member(held.term, Role.SECRETARY)
    person = ContactFactory()
    record_election(held.item, by=None, candidates=unanimously(person), office=Role.SECRETARY)
    former.refresh_from_db()
    assert former.end == held.day - timedelta(days=1)
    now = holder(held.term, Role.SECRETARY)
    assert now is not None
    assert now.contact == person


def test_undoing_takes_the_office_back_and_gives_it_to_the_former_holder(held: Held) -> None:
    former = member(held.term, Role.SECRETARY)
    until = former.end
    election = record_election(held.item, by=None, candidates=unanimously(ContactFactory()), office=Role.SECRETARY)

    undo_election(election, by=None)

    former.refresh_from_db()
    assert former.end == until
    assert holder(held.term, Role.SECRETARY) == former
    assert Membership.objects.filter(body=held.term.body, role=Role.SECRETARY).count() == 1
    assert not Election.objects.exists()


def test_whoever_is_re_elected_goes_on_as_before_and_undoing_changes_nothing(held: Held) -> None:
    chair = member(held.term, Role.SECRETARY)
    before = (chair.start, chair.end)
    election = record_election(held.item, by=None, candidates=unanimously(chair.contact), office=Role.SECRETARY)
    assert election.membership == chair
    assert not election.is_new
    undo_election(election, by=None)
    chair.refresh_from_db()
    assert (chair.start, chair.end) == before


def test_an_office_elected_twice_on_one_day_is_refused_until_the_first_is_undone(held: Held) -> None:
    one, other = ContactFactory(name="Yksi"), ContactFactory(name="Toinen")
    first = record_election(held.item, by=None, candidates=unanimously(one), office=Role.CHAIR)
    with pytest.raises(ActionRefused, match="Yksi became the chair on that very day"):
        record_election(held.item, by=None, candidates=unanimously(other), office=Role.CHAIR)
    undo_election(first, by=None)
    record_election(held.item, by=None, candidates=unanimously(other), office=Role.CHAIR)
    now = holder(held.term, Role.CHAIR)
    assert now is not None
    assert now.contact == other


def test_an_election_is_not_undone_under_a_later_one(held: Held) -> None:
    first = record_election(held.item, by=None, candidates=unanimously(ContactFactory()), office=Role.CHAIR)
    today = MeetingFactory(
        body=held.term.body, term=held.term, state=MeetingState.HELD, starts_at=clock.now(), ends_at=None
    )
    later = AgendaItemFactory(meeting=today, number=1)
    second = record_election(later, by=None, candidates=unanimously(ContactFactory(name="Myöhempi")), office=Role.CHAIR)
    with pytest.raises(ActionRefused, match="Myöhempi has become the chair since"):
        undo_election(first, by=None)
    undo_election(second, by=None)
    undo_election(first, by=None)
    assert holder(held.term, Role.CHAIR) is None


def test_a_meeting_outside_the_terms_elects_no_officer(held: Held) -> None:
    held.term.end = held.day - timedelta(days=1)
    held.term.save()
    with pytest.raises(ActionRefused, match="outside the body’s terms"):
        record_election(held.item, by=None, candidates=unanimously(ContactFactory()), office=Role.CHAIR)
    Meeting.objects.filter(pk=held.meeting.pk).update(term=None)
    with pytest.raises(ActionRefused, match="outside the body’s terms"):
        record_election(held.item, by=None, candidates=unanimously(ContactFactory()), office=Role.CHAIR)


def test_votes_decide_and_equal_votes_need_the_lot(held: Held) -> None:
    one, other = ContactFactory(name="Yksi"), ContactFactory(name="Toinen")

    def stood(mine: int, theirs: int) -> list[Stood]:
        return [Stood(contact=one, votes=mine, is_elected=True), Stood(contact=other, votes=theirs)]

    with pytest.raises(ActionRefused, match="Toinen got more votes than Yksi"):
        record_election(held.item, by=None, candidates=stood(3, 4), office=Role.CHAIR)
    lot = record_election(held.item, by=None, candidates=stood(4, 4), office=Role.CHAIR)
    assert lot.is_by_lot
    undo_election(lot, by=None)
    won = record_election(held.item, by=None, candidates=stood(5, 4), office=Role.CHAIR, blank=1)
    assert not won.is_by_lot
    assert not won.is_unanimous
    assert [(one.name, one.votes) for one in won.candidates.all()] == [("Yksi", 5), ("Toinen", 4)]


@pytest.mark.parametrize(
    ("candidates", "sentence"),
    [
        ([], "Write who stood"),
        ([Stood(name=" ", is_elected=True)], "Write who stood"),
        ([Stood(name="Yksi")], "Mark who was elected"),
        ([Stood(name="Yksi", is_elected=True), Stood(name="Yksi")], "stands twice"),
        ([Stood(name="Yksi", is_elected=True), Stood(name="Toinen")], "write the votes of every candidate"),
        ([Stood(name="Yksi", votes=1, is_elected=True), Stood(name="Toinen")], "votes of every candidate, or of none"),
        ([Stood(name="Yksi", is_elected=True)], "Choose Yksi from the list"),
        ([Stood(name="Yksi", is_elected=True), Stood(name="Toinen", is_elected=True)], "An office has one holder"),
    ],
)
def test_an_election_that_cannot_be_is_refused_with_what_to_mend(
    held: Held, candidates: list[Stood], sentence: str
) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        record_election(held.item, by=None, candidates=candidates, office=Role.CHAIR)
    assert holder(held.term, Role.CHAIR) is None


def test_a_task_is_given_to_several_and_changes_no_council(held: Held) -> None:
    before = Membership.objects.count()
    checkers = [Stood(name="Yksi", is_elected=True), Stood(name="Toinen", is_elected=True)]
    election = record_election(held.item, by=None, candidates=checkers, task="Pöytäkirjantarkastajat")
    assert str(election) == "Pöytäkirjantarkastajat"
    assert {one.name for one in election.elected} == {"Yksi", "Toinen"}
    assert Membership.objects.count() == before
    with pytest.raises(ActionRefused, match="Say what was elected"):
        record_election(held.item, by=None, candidates=checkers, task=" ")
    with pytest.raises(ActionRefused, match="Choose what was elected"):
        record_election(held.item, by=None, candidates=checkers, office=Role.MEMBER)


def test_an_item_with_an_election_stays_on_the_agenda(held: Held) -> None:
    record_election(held.item, by=None, candidates=unanimously(ContactFactory()), office=Role.CHAIR)
    with pytest.raises(ActionRefused, match="Undo it first"):
        remove_item(held.item, by=None)


# --- The constitutive meeting ---
def convened_by(user: User, term: Term) -> None:
    term.convener = ContactFactory(user=user)
    term.save()


def may_elect(user: User, held: Held) -> bool:
    forget_standing(user)
    return access.allowed(user, "meetings.record_election", Meeting.objects.get(pk=held.meeting.pk))


def test_the_convener_goes_on_until_there_are_a_chair_and_a_secretary() -> None:
    held = held_item(MeetingKind.CONSTITUTIVE)
    convener, chosen = UserFactory(), UserFactory()
    convened_by(convener, held.term)
    assert may_elect(convener, held)

    record_election(held.item, by=convener, candidates=unanimously(ContactFactory(user=chosen)), office=Role.CHAIR)
    assert may_elect(convener, held)
    assert may_elect(chosen, held)
    last = record_election(held.item, by=convener, candidates=unanimously(ContactFactory()), office=Role.SECRETARY)
    assert not may_elect(convener, held)
    held.term.refresh_from_db()
    assert held.term.constituted_on == held.day

    undo_election(last, by=chosen)
    held.term.refresh_from_db()
    assert held.term.constituted_on is None
    assert may_elect(convener, held)


def test_an_ordinary_meeting_constitutes_no_term(held: Held) -> None:
    for role in (Role.CHAIR, Role.SECRETARY):
        record_election(held.item, by=None, candidates=unanimously(ContactFactory()), office=role)
    held.term.refresh_from_db()
    assert held.term.constituted_on is None


def test_closing_a_constitutive_meeting_without_a_secretary_ends_the_conveners_rights_too() -> None:
    held = held_item(MeetingKind.CONSTITUTIVE)
    record_election(held.item, by=None, candidates=unanimously(ContactFactory()), office=Role.CHAIR)
    record_outcome(held.item, by=None, outcome=Outcome.RESOLVED)
    close_meeting(held.meeting, by=None)
    held.term.refresh_from_db()
    assert held.term.constituted_on == held.day
