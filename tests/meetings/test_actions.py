"""Meetings from their making to their closing."""

from datetime import timedelta

import pytest
from tests.factories.councils import BodyFactory
from tests.factories.meetings import (
    MeetingFactory,
    convened_meeting,
    council,
    held_meeting,
    in_days,
    member,
    ready_meeting,
)

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import QuorumRule, Role
from yhdys.meetings.actions import (
    add_assignment,
    add_item,
    announce_meeting,
    cancel_meeting,
    change_item,
    change_meeting,
    clone_meeting,
    close_meeting,
    convene_meeting,
    create_meeting,
    finish_assignment,
    hold_meeting,
    move_item,
    record_outcome,
    remove_item,
    remove_meeting,
    reopen_assignment,
    reschedule_meeting,
    set_practice,
    take_over_tabled_items,
    withdraw_announcement,
)
from yhdys.meetings.enums import ConvocationKind, MeetingKind, MeetingState, Outcome
from yhdys.meetings.models import FormerAddress, Meeting, Resolution
from yhdys.regions.models import Region

pytestmark = pytest.mark.usefixtures("region")


def titles(meeting: Meeting) -> list[str]:
    return [f"{item.number} {item.title}" for item in meeting.agenda_items.order_by("number")]


# --- Making and changing ---
def test_a_new_meeting_begins_with_the_bodys_habits(region: Region) -> None:
    term = council()
    set_practice(term.body, by=None, place="Kainuun liitto", address="Kauppakatu 1", call_days_before=14)

    meeting = create_meeting(term.body, by=None, title="Kevätkokous", starts_at=in_days(30))

    assert (meeting.state, meeting.place, meeting.address, meeting.term) == (
        MeetingState.DRAFT,
        "Kainuun liitto",
        "Kauppakatu 1",
        term,
    )
    assert meeting.slug == f"{meeting.day:%Y-%m-%d}-kevatkokous"
    assert Entry.objects.about(meeting).get().verb == "created"


def test_two_meetings_of_one_name_and_day_have_two_addresses() -> None:
    body = BodyFactory()
    one = create_meeting(body, by=None, title="Kokous", starts_at=in_days(3))
    other = create_meeting(body, by=None, title="Kokous", starts_at=in_days(3))
    assert other.slug == f"{one.slug}-2"


def test_a_dash_in_the_name_parts_the_words_of_the_address() -> None:
    meeting = create_meeting(BodyFactory(), by=None, title="Kauden 2026–2029 avaus", starts_at=in_days(3))
    assert meeting.slug == f"{meeting.day:%Y-%m-%d}-kauden-2026-2029-avaus"


def test_a_meeting_ends_after_it_begins() -> None:
    with pytest.raises(ActionRefused, match="must end after"):
        create_meeting(BodyFactory(), by=None, title="Kokous", starts_at=in_days(3, 14), ends_at=in_days(3, 13))


def test_a_meeting_without_a_finnish_title_is_refused() -> None:
    with pytest.raises(ActionRefused):
        create_meeting(BodyFactory(), by=None, title="")


def test_an_insecure_link_is_refused() -> None:
    with pytest.raises(ActionRefused):
        create_meeting(BodyFactory(), by=None, title="Kokous", remote_link="javascript:alert(1)")


def test_a_draft_changes_its_address_without_leaving_the_old_one_behind() -> None:
    meeting = create_meeting(BodyFactory(), by=None, title="Kokous", starts_at=in_days(3))
    changed = change_meeting(meeting, by=None, title="Toinen nimi")
    assert changed.slug.endswith("toinen-nimi")
    assert not FormerAddress.objects.exists()


def test_the_address_of_an_announced_meeting_leads_on_for_ever() -> None:
    meeting = announce_meeting(create_meeting(BodyFactory(), by=None, title="Kokous", starts_at=in_days(3)), by=None)
    old = meeting.slug
    changed = change_meeting(meeting, by=None, title="Toinen nimi")
    assert FormerAddress.objects.get().slug == old
    assert FormerAddress.objects.get().meeting == changed
    # Nobody else gets it.
    assert create_meeting(meeting.body, by=None, title="Kokous", starts_at=in_days(3)).slug == f"{old}-2"
    # Back to the first name: the address is its own again, and no redirect leads to itself.
    assert change_meeting(changed, by=None, title="Kokous").slug == old
    assert [one.slug for one in FormerAddress.objects.all()] == [changed.slug]


def test_the_time_of_a_called_meeting_changes_only_by_moving_it() -> None:
    meeting = convened_meeting()
    with pytest.raises(ActionRefused, match="Move"):
        change_meeting(meeting, by=None, starts_at=in_days(25), ends_at=None)
    assert change_meeting(meeting, by=None, place="Kirjasto").place == "Kirjasto"


def test_a_held_meeting_keeps_its_details() -> None:
    with pytest.raises(ActionRefused, match="cannot be changed"):
        change_meeting(held_meeting(), by=None, place="Muualla")


def test_a_clone_has_the_agenda_and_nothing_of_what_happened() -> None:
    meeting = held_meeting()
    for item in meeting.agenda_items.all():
        record_outcome(item, by=None, outcome=Outcome.RESOLVED, discussion="<p>x</p>", resolution="<p>y</p>")

    clone = clone_meeting(meeting, by=None, starts_at=in_days(40))

    assert titles(clone) == titles(meeting)
    assert clone.state == MeetingState.DRAFT
    assert {(item.outcome, item.discussion, hasattr(item, "resolution")) for item in clone.agenda_items.all()} == {
        ("", "", False)
    }


def test_the_clone_of_a_constitutive_meeting_is_an_ordinary_one() -> None:
    assert clone_meeting(MeetingFactory(kind=MeetingKind.CONSTITUTIVE), by=None).kind == MeetingKind.ORDINARY


def test_only_a_draft_nobody_has_heard_of_is_deleted() -> None:
    announced = announce_meeting(MeetingFactory(), by=None)
    with pytest.raises(ActionRefused, match="Cancel it instead"):
        remove_meeting(announced, by=None)
    draft = MeetingFactory()
    remove_meeting(draft, by=None)
    assert not Meeting.objects.filter(pk=draft.pk).exists()
    assert Entry.objects.about(draft).first().verb == "removed"


def test_what_was_deleted_in_another_tab_is_refused_with_its_name() -> None:
    draft = MeetingFactory()
    stale = Meeting.objects.get(pk=draft.pk)
    remove_meeting(draft, by=None)
    with pytest.raises(ActionRefused, match=r"“Syyskokous, .*” has been removed"):
        change_meeting(stale, by=None, title="Uusi")


def test_announcing_needs_a_time_and_is_undone_while_it_is_a_draft() -> None:
    with pytest.raises(ActionRefused, match="day and a time"):
        announce_meeting(MeetingFactory(starts_at=None, ends_at=None), by=None)
    meeting = announce_meeting(ready_meeting(), by=None)
    assert Meeting.objects.announced().filter(pk=meeting.pk).exists()
    withdraw_announcement(meeting, by=None)
    assert not Meeting.objects.announced().exists()
    meeting = convene_meeting(meeting, by=None)
    with pytest.raises(ActionRefused, match="stays in the calendar"):
        withdraw_announcement(meeting, by=None)


# --- The agenda ---
def test_items_are_numbered_as_they_come_move_and_go() -> None:
    meeting = MeetingFactory()
    a, b, c = (add_item(meeting, by=None, title=name) for name in "ABC")
    assert titles(meeting) == ["1 A", "2 B", "3 C"]
    move_item(c, to=1, by=None)
    assert titles(meeting) == ["1 C", "2 A", "3 B"]
    move_item(c, to=99, by=None)
    assert titles(meeting) == ["1 A", "2 B", "3 C"]
    move_item(b, to=-5, by=None)
    assert titles(meeting) == ["1 B", "2 A", "3 C"]
    remove_item(a, by=None)
    assert titles(meeting) == ["1 B", "2 C"]


def test_scripts_in_an_items_text_do_not_reach_the_database() -> None:
    item = add_item(
        MeetingFactory(),
        by=None,
        title="Asia",
        description='<p onclick="x()">Teksti<script>alert(1)</script></p><img src=x onerror=alert(1)>',
    )
    change_item(item, by=None, description_sv='<a href="javascript:alert(1)">länk</a>')
    item.refresh_from_db()
    assert item.description_fi == "<p>Teksti</p>"
    assert item.description_sv == '<a rel="noopener">länk</a>'


def test_the_agenda_of_a_closed_meeting_stays() -> None:
    meeting = held_meeting()
    for item in meeting.agenda_items.all():
        record_outcome(item, by=None, outcome=Outcome.NOTED)
    close_meeting(meeting, by=None)
    item = meeting.agenda_items.first()
    for attempt in (
        lambda: add_item(meeting, by=None, title="X"),
        lambda: change_item(item, by=None, title="X"),
        lambda: move_item(item, to=2, by=None),
        lambda: remove_item(item, by=None),
    ):
        with pytest.raises(ActionRefused, match="closed or cancelled"):
            attempt()


def test_a_decided_item_is_not_removed() -> None:
    item = held_meeting().agenda_items.first()
    record_outcome(item, by=None, outcome=Outcome.NOTED)
    with pytest.raises(ActionRefused, match="withdrawn"):
        remove_item(item, by=None)


def test_tabled_items_are_taken_over_once() -> None:
    former = held_meeting()
    first, second = former.agenda_items.order_by("number")
    record_outcome(first, by=None, outcome=Outcome.RESOLVED)
    record_outcome(second, by=None, outcome=Outcome.TABLED)
    following = MeetingFactory(body=former.body, starts_at=in_days(60), ends_at=None)
    add_item(following, by=None, title="Avaus")

    taken = take_over_tabled_items(following, by=None)

    assert [(item.number, item.title, item.continues) for item in taken] == [(2, "Järjestöstrategia", second)]
    assert take_over_tabled_items(following, by=None) == []


# --- Calling ---
@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"starts_at": None, "ends_at": None}, "day and a time"),
        ({"starts_at": in_days(-3), "ends_at": None}, "has passed"),
        ({"place_fi": "", "address": ""}, "place, or a link"),
    ],
)
def test_a_call_needs_a_time_and_a_place(lacking: dict[str, object], sentence: str) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        convene_meeting(ready_meeting(**lacking), by=None)


def test_a_link_alone_is_a_place() -> None:
    meeting = ready_meeting(place_fi="", address="", remote_link="https://kokous.example/1")
    assert convene_meeting(meeting, by=None).state == MeetingState.CONVENED


def test_a_meeting_without_an_agenda_is_not_convened() -> None:
    meeting = ready_meeting()
    meeting.agenda_items.all().delete()
    with pytest.raises(ActionRefused, match="at least one item"):
        convene_meeting(meeting, by=None)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT
    assert not meeting.convocations.exists()


def test_a_meeting_whose_members_have_no_addresses_is_not_convened() -> None:
    term = council()
    member(term, role_email="", email="")
    meeting = MeetingFactory(body=term.body)
    add_item(meeting, by=None, title="Asia")
    with pytest.raises(ActionRefused, match="Nobody can be called"):
        convene_meeting(meeting, by=None)


def test_a_call_writes_down_everybody_and_announces_the_meeting() -> None:
    meeting = convened_meeting(3)
    call = meeting.convocations.get()
    assert (call.kind, call.sequence, call.invitations.count()) == (ConvocationKind.CALL, 0, 3)
    assert Meeting.objects.announced().get() == meeting
    entry = Entry.objects.about(meeting).filter(verb="convened").get()
    assert entry.details == {"sequence": 0, "called": 3, "without_address": 0, "announced": True}


def test_a_called_meeting_is_not_called_again() -> None:
    with pytest.raises(ActionRefused, match="cannot become"):
        convene_meeting(convened_meeting(), by=None)


# --- Cancelling and moving ---
def test_cancelling_tells_everybody_who_was_called_and_keeps_the_agenda() -> None:
    meeting = convened_meeting(2)
    with pytest.raises(ActionRefused, match="reason"):
        cancel_meeting(meeting, reason="  ", by=None)
    meeting = cancel_meeting(meeting, reason="Sairastuminen", by=None)
    notice = meeting.convocations.first()
    assert (meeting.state, meeting.reason) == (MeetingState.CANCELLED, "Sairastuminen")
    assert (notice.kind, notice.sequence, notice.invitations.count()) == (ConvocationKind.CANCELLATION, 1, 2)
    assert meeting.agenda_items.count() == 2
    assert Meeting.objects.announced().get() == meeting


def test_cancelling_a_draft_writes_to_nobody() -> None:
    assert not cancel_meeting(ready_meeting(), reason="Ei aiheita", by=None).convocations.exists()


def test_a_moved_meeting_calls_anew_and_keeps_its_former_time() -> None:
    meeting = convened_meeting(2)
    former, slug = meeting.starts_at, meeting.slug
    moved = reschedule_meeting(meeting, reason="Tila varattu", by=None, starts_at=in_days(27))
    call = moved.convocations.first()
    assert (moved.state, moved.starts_at, moved.ends_at) == (MeetingState.CONVENED, in_days(27), None)
    assert (call.kind, call.sequence, call.invitations.unanswered().count()) == (ConvocationKind.MOVE, 1, 2)
    assert moved.moves.get().former_start == former
    assert moved.former_addresses.get().slug == slug


def test_a_meeting_can_be_moved_without_a_new_time_and_called_again() -> None:
    moved = reschedule_meeting(convened_meeting(), reason="Este", by=None)
    assert (moved.state, moved.starts_at) == (MeetingState.RESCHEDULED, None)
    with pytest.raises(ActionRefused, match="day and a time"):
        convene_meeting(moved, by=None)
    change_meeting(moved, by=None, starts_at=in_days(50))
    again = convene_meeting(moved, by=None)
    assert [(one.kind, one.sequence) for one in again.convocations.all()] == [("call", 2), ("move", 1), ("call", 0)]


def test_moving_into_the_past_is_refused() -> None:
    with pytest.raises(ActionRefused, match="already passed"):
        reschedule_meeting(convened_meeting(), reason="Este", by=None, starts_at=in_days(-1))


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CLOSED, MeetingState.CANCELLED])
def test_what_is_over_is_neither_cancelled_nor_moved(state: MeetingState) -> None:
    meeting = held_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    with pytest.raises(ActionRefused):
        cancel_meeting(meeting, reason="x", by=None)
    with pytest.raises(ActionRefused):
        reschedule_meeting(meeting, reason="x", by=None)


# --- Holding and closing ---
def test_a_meeting_is_not_held_before_its_time() -> None:
    with pytest.raises(ActionRefused, match="not begun"):
        hold_meeting(convened_meeting(), by=None)


def test_the_quorum_needed_is_fixed_when_the_meeting_is_held() -> None:
    meeting = held_meeting(5)
    assert meeting.quorum_required == 3
    meeting.body.quorum_rule = QuorumRule.THIRD
    meeting.body.save()
    meeting.refresh_from_db()
    assert meeting.quorum_required == 3


def test_a_meeting_with_an_open_item_is_not_closed() -> None:
    meeting = held_meeting()
    first, second = meeting.agenda_items.order_by("number")
    record_outcome(first, by=None, outcome=Outcome.RESOLVED)
    with pytest.raises(ActionRefused, match="2 § Järjestöstrategia"):
        close_meeting(meeting, by=None)
    record_outcome(second, by=None, outcome=Outcome.WITHDRAWN)
    assert close_meeting(meeting, by=None).state == MeetingState.CLOSED


def test_outcomes_are_recorded_of_a_held_meeting_only() -> None:
    with pytest.raises(ActionRefused, match="Held"):
        record_outcome(convened_meeting().agenda_items.first(), by=None, outcome=Outcome.NOTED)


def test_an_emptied_decision_goes() -> None:
    item = held_meeting().agenda_items.first()
    record_outcome(item, by=None, outcome=Outcome.RESOLVED, resolution="<p>Päätettiin.<script>x</script></p>")
    assert Resolution.objects.get().text == "<p>Päätettiin.</p>"
    record_outcome(item, by=None, outcome=Outcome.NOTED)
    assert Resolution.objects.exists()
    record_outcome(item, by=None, outcome=Outcome.NOTED, resolution="<p> </p>")
    assert not Resolution.objects.exists()


def test_a_task_has_a_doer_and_is_done_and_reopened() -> None:
    item = held_meeting().agenda_items.first()
    with pytest.raises(ActionRefused, match="who does it"):
        add_assignment(item, by=None, what="Kirjoittaa tiedotteen")
    task = add_assignment(item, by=None, what="Kirjoittaa tiedotteen", who="Liitto", due=clock.today())
    task = finish_assignment(task, by=None)
    assert task.is_done
    assert not reopen_assignment(task, by=None).is_done


def test_history_is_written_without_any_letter_leaving() -> None:
    start = clock.helsinki(2019, 12, 12, 13)
    with clock.at(start - timedelta(days=10)):
        meeting = ready_meeting(starts_at=start, ends_at=None)
        meeting = convene_meeting(meeting, by=None)
    with clock.at(start + timedelta(hours=3)):
        hold_meeting(meeting, by=None)
    call = meeting.convocations.get()
    assert call.sent_at == start - timedelta(days=10)
    assert {one.mail.state for one in call.invitations.all()} == {"not_sent"}


def test_roles_are_called_with_the_chair_first() -> None:
    term = council()
    member(term, name="Jäsen")
    member(term, Role.SECRETARY, name="Sihteeri")
    member(term, Role.CHAIR, name="Johtaja")
    meeting = MeetingFactory(body=term.body)
    add_item(meeting, by=None, title="Asia")
    call = convene_meeting(meeting, by=None).convocations.get()
    assert [one.name for one in call.invitations.for_desk()] == ["Johtaja", "Jäsen", "Sihteeri"]
