"""Ending a term: each open matter of the body's meetings is carried over or closed, and nothing is forgotten."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.factories.meetings import MeetingFactory, convened_meeting, held_meeting, in_days, secretary_of
from tests.factories.organisations import ContactFactory

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.todo import todos_of
from yhdys.councils import unfinished
from yhdys.councils.actions import end_term
from yhdys.councils.enums import Settled, TermState
from yhdys.councils.models import Settlement, Term
from yhdys.councils.unfinished import Decision, Decisions, open_work, title_of
from yhdys.meetings.actions import (
    add_assignment,
    add_item,
    close_assignment,
    finish_assignment,
    move_to_term,
    record_outcome,
    reopen_assignment,
    take_over_tabled_items,
)
from yhdys.meetings.enums import MeetingState, MinutesState, Outcome
from yhdys.meetings.models import Assignment, Meeting, Minutes
from yhdys.meetings.names import CLOSED_MINUTES, CLOSED_TABLED
from yhdys.meetings.queries import items_waiting

pytestmark = pytest.mark.usefixtures("region")
CARRY = Decision(Settled.CARRIED)
CLOSE = Decision(Settled.CLOSED, "Hanke päättyi")


@pytest.fixture
def held(region: object) -> Meeting:
    """A meeting with an open task, a tabled item and no minutes."""
    meeting = held_meeting()
    first, second = meeting.agenda_items.order_by("number")
    add_assignment(first, what="Kutsu kumppanit", contact=ContactFactory(name="Tiina Tekijä"), by=None)
    record_outcome(second, outcome=Outcome.TABLED, by=None)
    return meeting


def term_of(meeting: Meeting) -> Term:
    return Term.objects.get(body=meeting.body_id)


def decided(term: Term, decision: Decision) -> Decisions:
    return {(one.key, matter.about): decision for one, matters in open_work(term) for matter in matters}


def test_all_that_is_open_is_told_and_nothing_else(held: Meeting) -> None:
    coming = MeetingFactory(body=held.body, title_fi="Talvikokous")
    MeetingFactory(body=held.body, state=MeetingState.CANCELLED)
    convened_meeting()
    told = {one.key: [matter.title for matter in matters] for one, matters in open_work(term_of(held))}
    assert told == {
        "meetings.tasks": ["Kutsu kumppanit"],
        "meetings.minutes": [str(held)],
        "meetings.tabled": ["2 § Järjestöstrategia"],
        "meetings.meetings": [str(coming)],
    }


def test_a_term_with_open_work_does_not_end_without_a_decision_about_each(held: Meeting) -> None:
    term = term_of(held)
    with pytest.raises(ActionRefused, match="is still open"):
        end_term(term, by=None)
    some = decided(term, CARRY)
    del some[("meetings.tasks", Assignment.objects.get().pk)]
    with pytest.raises(ActionRefused, match="“Kutsu kumppanit” is still open"):
        end_term(term, decisions=some, by=None)
    term.refresh_from_db()
    assert term.state == TermState.RUNNING
    assert not Settlement.objects.exists()


def test_closing_without_a_reason_is_refused(held: Meeting) -> None:
    with pytest.raises(ActionRefused, match="Give a reason"):
        end_term(term_of(held), decisions=decided(term_of(held), Decision(Settled.CLOSED, " ")), by=None)


def test_carried_over_work_goes_on_in_the_next_term(held: Meeting) -> None:
    term = term_of(held)
    coming = MeetingFactory(body=held.body, term=term)
    following = Term.objects.create(body=term.body, start=clock.today() + timedelta(days=1))
    term.end = clock.today()
    term.save()
    end_term(term, decisions=decided(term, CARRY), by=None)
    coming.refresh_from_db()
    assert coming.term == following
    assert Assignment.objects.open().count() == 1
    assert len(items_waiting(coming)) == 1
    kept = {one.source: (one.how, one.to_term) for one in Settlement.objects.filter(term=term)}
    assert kept == dict.fromkeys(
        ("meetings.tasks", CLOSED_MINUTES, CLOSED_TABLED, "meetings.meetings"), (Settled.CARRIED, following)
    )
    assert Entry.objects.about(term).filter(verb="matter_carried_over").count() == 4


def test_closed_work_is_closed_and_asked_of_nobody_again(held: Meeting) -> None:
    term, secretary = term_of(held), secretary_of(held.body)
    coming = MeetingFactory(body=held.body, term=term)
    assert "Write the minutes" in {one.title for one in todos_of(secretary)}
    end_term(term, decisions=decided(term, CLOSE), by=None)
    coming.refresh_from_db()
    assert (coming.state, coming.reason) == (MeetingState.CANCELLED, "Hanke päättyi")
    task = Assignment.objects.get()
    assert (task.is_done, task.closed_because) == (True, "Hanke päättyi")
    assert open_work(term) == []
    later = MeetingFactory(body=held.body, starts_at=in_days(40), ends_at=in_days(40, 16))
    assert items_waiting(later) == []
    assert take_over_tabled_items(later, by=None) == []
    assert "Write the minutes" not in {one.title for one in todos_of(secretary)}


def test_minutes_that_were_begun_and_closed_wait_for_nobody(held: Meeting) -> None:
    Minutes.objects.create(meeting=held, state=MinutesState.APPROVED)
    secretary = secretary_of(held.body)
    assert "Publish the minutes" in {one.title for one in todos_of(secretary)}
    end_term(term_of(held), decisions=decided(term_of(held), CLOSE), by=None)
    assert "Publish the minutes" not in {one.title for one in todos_of(secretary)}


def test_a_matter_that_cannot_be_settled_settles_none(held: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    term = term_of(held)
    decisions = decided(term, CLOSE)
    MeetingFactory(body=held.body, title_fi="Kesken tehty kokous")
    with pytest.raises(ActionRefused, match="Kesken tehty kokous"):
        end_term(term, decisions=decisions, by=None)
    assert not Assignment.objects.get().is_done


def test_a_module_registers_a_source_of_its_own(held: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "_sources", {})
    settled: list[str] = []

    @unfinished.source
    class Proposals:
        key, title, carrying_over, closing = "tests.proposals", "Proposals", "It goes on.", "It is answered."

        def open_in(self, term: Term) -> list[unfinished.Unfinished]:
            return [unfinished.Unfinished(term.pk, "Ehdotus")]

        def carry_over(self, about: UUID, *, to: Term | None, by: object) -> None:
            settled.append("carried")

        def close(self, about: UUID, *, reason: str, by: object) -> None:
            settled.append(reason)

    term = term_of(held)
    assert (title_of("tests.proposals"), title_of("tests.unknown")) == ("Proposals", "tests.unknown")
    end_term(term, decisions=decided(term, CLOSE), by=None)
    assert settled == ["Hanke päättyi"]


def test_a_task_is_closed_with_a_reason_and_opened_again(held: Meeting) -> None:
    task = Assignment.objects.get()
    with pytest.raises(ActionRefused, match="Give a reason"):
        close_assignment(task, reason=" ", by=None)
    assert close_assignment(task, reason="Raukesi", by=None).closed_because == "Raukesi"
    task = reopen_assignment(task, by=None)
    assert (task.is_done, task.closed_because) == (False, "")
    finish_assignment(task, by=None)
    assert close_assignment(task, reason="Raukesi", by=None).closed_because == ""


def test_a_meeting_moves_only_to_a_term_of_its_body_and_before_it_is_held(held: Meeting) -> None:
    other = convened_meeting()
    with pytest.raises(ActionRefused, match="another body"):
        move_to_term(other, term_of(held), by=None)
    with pytest.raises(ActionRefused, match="stays in its term"):
        move_to_term(held, None, by=None)
    assert move_to_term(other, None, by=None).term is None


def test_what_is_open_is_asked_by_as_many_queries_for_many(
    held: Meeting, django_assert_max_num_queries: object
) -> None:
    item = held.agenda_items.order_by("number")[0]
    for number in range(5):
        add_assignment(item, what=f"Tehtävä {number}", who="isäntä", due=date(2030, 1, 1), by=None)
        add_item(MeetingFactory(body=held.body), by=None, title="Asia")
    term = Term.objects.select_related("body").get(body=held.body_id)
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # the fixture's type is private
        assert sum(len(matters) for _one, matters in open_work(term)) == 13
