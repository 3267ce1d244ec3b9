"""Every permission of meetings over every role and state: who may, and that nobody else may."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from tests.factories.councils import BodyFactory
from tests.factories.meetings import AgendaItemFactory, MeetingFactory, in_days
from tests.factories.organisations import ContactFactory
from tests.factories.people import allowed_to, convener, everybody, in_body, staff, user

from yhdys.accounts.models import StaffRole, User
from yhdys.core import access, clock
from yhdys.councils.enums import BodyKind, Role
from yhdys.councils.models import Body
from yhdys.meetings.enums import CheckState, InvitationRole, MeetingState, MinutesState
from yhdys.meetings.models import (
    Announcement,
    Assignment,
    Convocation,
    Invitation,
    Meeting,
    Minutes,
    MinutesCheck,
)
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

ADMINISTRATOR, EDITOR, OBSERVER = (
    {"administrator"},
    {"administrator", "editor"},
    {"administrator", "editor", "observer"},
)
RUN = ADMINISTRATOR | {"chair", "secretary", "convener"}
COMMUNICATE = EDITOR | {"communications"}
PREPARE = RUN | COMMUNICATE | {"vice_chair", "committee"}
READ = PREPARE | OBSERVER | {"member", "deputy", "expert"}
WRITE = RUN | EDITOR

DRAFT, CONVENED, HELD = MeetingState.DRAFT, MeetingState.CONVENED, MeetingState.HELD
CLOSED, CANCELLED, RESCHEDULED = MeetingState.CLOSED, MeetingState.CANCELLED, MeetingState.RESCHEDULED

MEETINGS: dict[str, dict[str, set[str]]] = {
    "view_meeting": {DRAFT: PREPARE | OBSERVER} | dict.fromkeys((CONVENED, HELD, CLOSED, CANCELLED, RESCHEDULED), READ),
    "read_papers": {DRAFT: PREPARE | OBSERVER} | dict.fromkeys((CONVENED, HELD, CLOSED, CANCELLED, RESCHEDULED), READ),
    "change_meeting": {DRAFT: PREPARE, RESCHEDULED: PREPARE, CONVENED: RUN},
    "change_agenda": {DRAFT: PREPARE, RESCHEDULED: PREPARE, CONVENED: RUN, HELD: RUN},
    "announce_meeting": dict.fromkeys((DRAFT, RESCHEDULED), RUN | COMMUNICATE),
    "convene_meeting": dict.fromkeys((DRAFT, RESCHEDULED), RUN),
    "send_again": dict.fromkeys((DRAFT, RESCHEDULED, CONVENED, CANCELLED), RUN),
    "cancel_meeting": dict.fromkeys((DRAFT, RESCHEDULED, CONVENED), RUN),
    "reschedule_meeting": dict.fromkeys((DRAFT, RESCHEDULED, CONVENED), RUN),
    "note_answer": {CONVENED: RUN},
    "view_answers": dict.fromkeys(MeetingState, PREPARE),
    "hold_meeting": {CONVENED: RUN},
    "record_meeting": {HELD: WRITE},
    "record_election": {HELD: RUN},
    "close_meeting": {HELD: RUN},
    "remove_meeting": {DRAFT: RUN},
    "write_minutes": dict.fromkeys((HELD, CLOSED), WRITE),
    "view_readings": dict.fromkeys(MeetingState, ADMINISTRATOR),
    "view_history": dict.fromkeys(MeetingState, PREPARE),
}
"""Permission → state of the meeting → who may; nobody in a state that is not named."""

MINUTES: dict[str, dict[str, set[str]]] = {
    "view_minutes": dict.fromkeys(MinutesState, READ) | {MinutesState.DRAFT: PREPARE},
    "write_minutes": dict.fromkeys((MinutesState.DRAFT, MinutesState.UNDER_REVIEW), WRITE),
    "check_minutes": {MinutesState.UNDER_REVIEW: {"checker"}},
    "approve_minutes": {MinutesState.DRAFT: RUN},
    "publish_minutes": {MinutesState.APPROVED: RUN | COMMUNICATE},
    "reach_readers": dict.fromkeys((MinutesState.UNDER_REVIEW, MinutesState.PUBLISHED), RUN),
    "correct_minutes": dict.fromkeys((MinutesState.APPROVED, MinutesState.PUBLISHED), WRITE),
}
"""Permission → state of the minutes → who may; approving without checkers, checking with one."""

BODIES: dict[str, set[str]] = {"add_meeting": PREPARE, "set_practice": RUN}
OWN = ("answer_invitation", "finish_assignment")
"""Asked of an invitation and of a task: whose it is decides."""


def positions(body: Body, phase: str = "present") -> dict[str, User]:
    """Everybody, and who convenes the body's term before its constitutive meeting."""
    found = everybody(body, phase)
    if phase == "present":
        found["convener"] = convener(body)
    return found


def in_state(body: Body, state: str) -> Meeting:
    """A meeting of the body in a state, whatever led to it."""
    return MeetingFactory(body=body, state=state)


def minutes_in(body: Body, state: str) -> Minutes:
    """The minutes of a held meeting in a state."""
    published = clock.now() if state == MinutesState.PUBLISHED else None
    return Minutes.objects.create(meeting=in_state(body, HELD), state=state, published_at=published)


def invitation_of(meeting: Meeting, who: User, role: str = InvitationRole.GUEST) -> Invitation:
    """The call of one person to the meeting."""
    call = Convocation.objects.create(meeting=meeting, sequence=meeting.convocations.count() + 1)
    return Invitation.objects.create(convocation=call, contact=ContactFactory(user=who), role=role, name=who.name)


def test_the_tables_name_every_permission() -> None:
    known = {name.removeprefix("meetings.") for name in rules.permissions.permissions if name.startswith("meetings.")}
    assert known == set(MEETINGS) | set(MINUTES) | set(BODIES) | set(OWN)


@pytest.mark.parametrize("permission", MEETINGS)
def test_exactly_these_may_in_each_state_of_a_meeting(region: Region, permission: str) -> None:
    body = BodyFactory()
    people = positions(body)
    may = {state: allowed_to(people, f"meetings.{permission}", in_state(body, state)) for state in MeetingState}
    assert may == {state: MEETINGS[permission].get(state, set()) for state in MeetingState}


@pytest.mark.parametrize("permission", MINUTES)
def test_exactly_these_may_in_each_state_of_the_minutes(region: Region, permission: str) -> None:
    body = BodyFactory()
    people = positions(body)
    may = {}
    for state in MinutesState:
        minutes = minutes_in(body, state)
        if permission == "check_minutes":
            people["checker"] = user()
            MinutesCheck.objects.create(minutes=minutes, contact=ContactFactory(user=people["checker"]))
        may[state] = allowed_to(people, f"meetings.{permission}", minutes)
    assert may == {state: MINUTES[permission].get(state, set()) for state in MinutesState}


@pytest.mark.parametrize("permission", BODIES)
def test_exactly_these_may_in_a_body(region: Region, permission: str) -> None:
    body = BodyFactory()
    assert allowed_to(positions(body), f"meetings.{permission}", body) == BODIES[permission]


@pytest.mark.parametrize("phase", ["past", "future"])
def test_a_role_that_is_over_or_to_come_gives_nothing(region: Region, phase: str) -> None:
    body = BodyFactory()
    people = everybody(body, phase)
    may = {
        (permission, state): allowed_to(people, f"meetings.{permission}", in_state(body, state))
        for permission, states in MEETINGS.items()
        for state in states
    }
    may |= {(name, ""): allowed_to(people, f"meetings.{name}", body) for name in BODIES}
    assert {key: who for key, who in may.items() if who} == {}


def test_a_draft_is_read_by_members_once_it_is_announced(region: Region) -> None:
    body = BodyFactory()
    draft = in_state(body, DRAFT)
    Announcement.objects.create(meeting=draft)
    assert allowed_to(positions(body), "meetings.view_meeting", draft) == READ


def test_who_was_called_reads_that_meeting_and_no_other(region: Region) -> None:
    body, guest = BodyFactory(), user()
    called, another = in_state(body, CONVENED), in_state(body, CONVENED)
    invitation_of(called, guest)
    assert access.allowed(guest, "meetings.view_meeting", called)
    assert not access.allowed(guest, "meetings.view_meeting", another)
    assert not access.allowed(guest, "meetings.view_answers", called)


def test_an_invitation_is_answered_by_whom_it_calls(region: Region) -> None:
    body, guest = BodyFactory(), user()
    invitation = invitation_of(in_state(body, CONVENED), guest)
    assert allowed_to(positions(body) | {"called": guest}, "meetings.answer_invitation", invitation) == {"called"}


def test_a_task_is_finished_by_whom_it_was_given_or_who_runs_the_meetings(region: Region) -> None:
    body, doer = BodyFactory(), user()
    item = AgendaItemFactory(meeting=in_state(body, HELD))
    task = Assignment.objects.create(item=item, what="Kirje ministeriölle", contact=ContactFactory(user=doer))
    assert allowed_to(positions(body) | {"doer": doer}, "meetings.finish_assignment", task) == RUN | {"doer"}


@pytest.mark.parametrize("state", [MinutesState.APPROVED, MinutesState.PUBLISHED])
@pytest.mark.parametrize("permission", ["change_agenda", "record_meeting", "write_minutes"])
def test_an_approved_record_is_locked_for_everybody(region: Region, permission: str, state: MinutesState) -> None:
    body = BodyFactory()
    meeting = minutes_in(body, state).meeting
    assert allowed_to(positions(body), f"meetings.{permission}", meeting) == set()


def test_minutes_with_a_checker_are_approved_by_nobody_else(region: Region) -> None:
    body = BodyFactory()
    minutes = minutes_in(body, MinutesState.DRAFT)
    MinutesCheck.objects.create(minutes=minutes, contact=ContactFactory())
    assert allowed_to(positions(body), "meetings.approve_minutes", minutes) == set()


def test_a_checker_checks_once_and_only_what_they_were_asked_to(region: Region) -> None:
    body, checker = BodyFactory(), user()
    minutes, others = minutes_in(body, MinutesState.UNDER_REVIEW), minutes_in(body, MinutesState.UNDER_REVIEW)
    check = MinutesCheck.objects.create(minutes=minutes, contact=ContactFactory(user=checker))
    assert access.allowed(checker, "meetings.check_minutes", minutes)
    assert not access.allowed(checker, "meetings.check_minutes", others)
    check.state = CheckState.APPROVED
    check.save(update_fields=["state"])
    assert not access.allowed(checker, "meetings.check_minutes", minutes)


def test_a_deputy_in_the_working_committee_prepares_nothing(region: Region) -> None:
    body = BodyFactory()
    committee = BodyFactory(kind=BodyKind.WORKING_COMMITTEE, parent=body)
    assert not access.allowed(in_body(committee, Role.DEPUTY), "meetings.add_meeting", body)


@pytest.mark.parametrize("permission", [*MEETINGS, *MINUTES, *BODIES, *OWN])
def test_nobody_from_outside_may_and_nothing_is_allowed_without_a_record(
    kainuu: Region, lappi: Region, permission: str
) -> None:
    name = f"meetings.{permission}"
    with in_region(lappi):
        body = BodyFactory()
        strangers = [in_body(body, Role.SECRETARY), staff(StaffRole.Role.ADMINISTRATOR)]
        # Asked at home first: what is kept of it must not come along.
        assert all(access.allowed(one, "meetings.add_meeting", body) for one in strangers)
    with in_region(kainuu):
        body = BodyFactory()
        own = staff(StaffRole.Role.ADMINISTRATOR)
        minutes = minutes_in(body, MinutesState.UNDER_REVIEW)
        invitation = invitation_of(in_state(body, CONVENED), own)
        task = Assignment.objects.create(item=AgendaItemFactory(meeting=minutes.meeting), what="Kirje")
        for record in (body, in_state(body, DRAFT), minutes.meeting, minutes, invitation, task):
            for outsider in (*strangers, AnonymousUser(), None):
                assert not access.allowed(outsider, name, record)
        assert not access.allowed(own, name, None)


def test_a_closed_account_may_nothing(region: Region) -> None:
    body = BodyFactory()
    secretary = in_body(body, Role.SECRETARY)
    secretary.is_active = False
    assert not access.allowed(secretary, "meetings.add_meeting", body)
    assert not Meeting.objects.visible_to(secretary).exists()


def test_the_list_and_the_page_agree_on_who_reads(region: Region) -> None:
    body = BodyFactory()
    meetings = [in_state(body, state) for state in MeetingState]
    announced = MeetingFactory(body=body, state=DRAFT, starts_at=in_days(3))
    Announcement.objects.create(meeting=announced)
    for name, who in positions(body).items():
        listed = set(Meeting.objects.visible_to(who))
        assert (name, listed) == (
            name,
            {one for one in (*meetings, announced) if access.allowed(who, "meetings.view_meeting", one)},
        )
