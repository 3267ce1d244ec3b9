"""Rules that tie bodies together: what each does, told by the queries that call people."""

import pytest
from tests.factories.councils import BodyFactory
from tests.factories.meetings import MeetingFactory, council, in_days, member, ready_meeting
from tests.factories.organisations import ContactFactory

from yhdys.audit.models import Entry
from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import BodyKind, Represents, Role
from yhdys.councils.models import Body, Seat
from yhdys.meetings.actions import (
    convene_meeting,
    deliver_papers_to,
    invite_by_office,
    stop_delivering,
    stop_inviting,
)
from yhdys.meetings.enums import InvitationRole, MeetingState
from yhdys.meetings.models import Invitation, Meeting, PaperDelivery, StandingInvitation
from yhdys.meetings.queries import effects_of, liaisons_of, recipients

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture
def regional() -> Body:
    """A council with a chair and a secretary."""
    term = council()
    member(term, Role.CHAIR, name="Pekka Puhe", role_email="puheenjohtaja@example.org")
    member(term, Role.SECRETARY, name="Sari Sihteeri", role_email="sihteeri@example.org")
    return term.body


@pytest.fixture
def local(region: object) -> Meeting:
    """The coming meeting of another body."""
    return ready_meeting()


def test_a_rule_thought_of_tells_whom_it_would_reach_and_saves_nothing(regional: Body, local: Meeting) -> None:
    effects = effects_of(StandingInvitation(body=local.body, of_body=regional, role=Role.CHAIR))
    assert [(one.meeting, one.items, one.papers) for one in effects] == [(local, 2, 0)]
    assert [(one.name, one.email, one.role) for one in effects[0].reached] == [
        ("Pekka Puhe", "puheenjohtaja@example.org", InvitationRole.EX_OFFICIO)
    ]
    assert effects[0].anyway == ()
    assert not StandingInvitation.objects.exists()


def test_what_a_saved_rule_does_is_what_the_call_does(regional: Body, local: Meeting) -> None:
    before = {one.name for one in recipients(local)}
    rule = deliver_papers_to(local.body, of_body=regional, role=Role.SECRETARY, by=None)
    told = {one.name for effect in effects_of(rule) for one in effect.reached}
    convene_meeting(local, by=None)
    called = set(Invitation.objects.values_list("name", flat=True))
    assert told == called - before == {"Sari Sihteeri"}


def test_who_comes_anyway_is_told_apart(regional: Body, local: Meeting) -> None:
    invite_by_office(local.body, of_body=regional, role=Role.CHAIR, by=None)
    thought = PaperDelivery(body=local.body, of_body=regional, role=Role.CHAIR)
    (effect,) = effects_of(thought)
    assert effect.reached == ()
    assert [(one.name, one.role) for one in effect.anyway] == [("Pekka Puhe", InvitationRole.EX_OFFICIO)]


def test_a_role_that_nobody_holds_reaches_nobody(regional: Body, local: Meeting) -> None:
    (effect,) = effects_of(StandingInvitation(body=local.body, of_body=regional, role=Role.VICE_CHAIR))
    assert effect.is_empty


def test_a_rule_is_tried_with_the_next_and_the_last_meeting(regional: Body, local: Meeting) -> None:
    last = MeetingFactory(body=local.body, starts_at=in_days(-9), ends_at=in_days(-9, 16))
    MeetingFactory(body=local.body, starts_at=in_days(-90), ends_at=in_days(-90, 16))
    MeetingFactory(body=local.body, starts_at=in_days(2), ends_at=in_days(2, 16), state=MeetingState.CANCELLED)
    MeetingFactory(body=local.body, starts_at=None, ends_at=None)
    rule = StandingInvitation(body=local.body, of_body=regional, role=Role.CHAIR)
    assert [one.meeting for one in effects_of(rule)] == [local, last]
    assert effects_of(StandingInvitation(body=regional, of_body=local.body, role=Role.CHAIR)) == []


def test_a_rule_ends_and_is_recorded(regional: Body, local: Meeting) -> None:
    office = invite_by_office(local.body, of_body=regional, role=Role.CHAIR, by=None)
    papers = deliver_papers_to(local.body, contact=ContactFactory(name="Ilona Isäntä"), by=None)
    stop_inviting(office, by=None)
    stop_delivering(papers, by=None)
    assert {one.name for one in recipients(local)}.isdisjoint({"Pekka Puhe", "Ilona Isäntä"})
    verbs = set(Entry.objects.about(local.body).values_list("verb", flat=True))
    assert {"invitation_by_office_ended", "delivery_of_papers_ended"} <= verbs
    with pytest.raises(ActionRefused, match="removed in the meantime"):
        stop_inviting(office, by=None)


def test_a_body_is_not_tied_to_itself(regional: Body) -> None:
    with pytest.raises(ActionRefused, match="called anyway"):
        deliver_papers_to(regional, of_body=regional, role=Role.CHAIR, by=None)
    with pytest.raises(ActionRefused, match="Choose a person"):
        deliver_papers_to(regional, role=Role.CHAIR, by=None)


def test_liaison_seats_are_told_from_both_sides(local: Meeting) -> None:
    term = council()
    other = BodyFactory(kind=BodyKind.OTHER)
    seat = Seat.objects.create(term=term, represents=Represents.BODY, other_body=local.body)
    assert [(one.seat, one.holders) for one in liaisons_of(local.body)] == [(seat, ())]
    assert [one.seat for one in liaisons_of(term.body)] == [seat]
    assert liaisons_of(other) == []
