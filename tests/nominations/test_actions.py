"""Preparing and opening a call, and what is refused on the way."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.councils import BodyFactory, SeatFactory, TermFactory
from tests.factories.nominations import (
    CallFactory,
    invitations_of,
    names_for,
    opened_call,
    prepared_call,
    seat_of,
)
from tests.factories.organisations import ContactFactory, OrganisationFactory

from yhdys.audit.models import Entry
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.actions import remove_seat
from yhdys.councils.enums import Appointing, TermState
from yhdys.nominations import actions
from yhdys.nominations.actions import answer_call
from yhdys.nominations.enums import CallKind, CallState, Door
from yhdys.nominations.models import CallInvitation, NominationCall

pytestmark = pytest.mark.usefixtures("region")
DAY = timedelta(days=1)
NOW = clock.helsinki(2026, 11, 21, 12)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(NOW):
        yield


def answered(call: NominationCall, **more: Any) -> CallInvitation:
    invitation = invitations_of(call)[0]
    return answer_call(invitation, names_for(invitation, **more), way=Door.LINK)


def refused(match: str) -> Any:
    return pytest.raises(ActionRefused, match=match)


def test_a_draft_is_named_and_traced(region: Any) -> None:
    term = TermFactory(body=BodyFactory(name_fi="Kainuun neuvottelukunta"))
    call = CallFactory.build(term=term, slug="")
    actions.create_call(call, seats=[seat_of(term)], by=None)
    assert call.slug == "kainuun-neuvottelukunta-2026-2027"
    assert Entry.objects.about(call).get().verb == "created"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"deadline": date(2026, 11, 20)}, "cannot be before the request opens"),
        ({"deadline": date(2028, 1, 1)}, "is after the term"),
        ({"order": ""}, "Choose how the members are appointed"),
    ],
)
def test_a_broken_draft_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with refused(sentence):
        actions.create_call(CallFactory.build(term=TermFactory(), **wrong), by=None)


def test_nobody_is_named_for_a_term_that_has_ended() -> None:
    term = TermFactory(start=date(2020, 1, 1), end=date(2025, 12, 31), state=TermState.ENDED)
    with refused("has ended"):
        actions.create_call(CallFactory.build(term=term), by=None)


def test_seats_of_another_term_are_refused() -> None:
    with refused("another term"):
        actions.create_call(CallFactory.build(term=TermFactory(), slug=""), seats=[SeatFactory()], by=None)


def test_opening_says_all_that_is_missing() -> None:
    call = CallFactory(text_fi=" ", order=Appointing.DECIDED_THEN_NAMED)
    with refused("Choose the seats.*Write what is asked.*Tell which decision"):
        actions.open_call(call, by=None)
    call = prepared_call(seats=2)
    seat = call.asked_seats[0]
    call.invitations.filter(seats=seat).delete()
    call.invitations.update(email="")
    with refused(f"Nobody is asked for these seats yet: {seat.name}.*No e-mail address for"):
        actions.open_call(call, by=None)


def test_opening_writes_to_everybody_who_is_asked() -> None:
    call = opened_call(seats=2)
    assert (call.state, call.opens_on, call.opened_at) == (CallState.OPEN, date(2026, 11, 21), NOW)
    assert [one.mail.to for one in call.invitations.listed()] == [[one.email] for one in call.invitations.listed()]


def test_an_open_call_keeps_its_seats_and_its_deadline_only_moves_later() -> None:
    call = opened_call()
    with refused("seats cannot be changed"):
        actions.change_call(call, seats=[], by=None)
    call.deadline -= DAY
    with refused("only be moved later"):
        actions.change_call(call, by=None)
    call.deadline += 2 * DAY
    call.text_sv = "Utse en medlem."
    assert actions.change_call(call, by=None).deadline == date(2026, 12, 6)
    call.kind = CallKind.OPEN
    with refused("only its text and its last day"):
        actions.change_call(call, by=None)


def test_an_organisation_is_asked_once_and_for_seats_of_the_call() -> None:
    call = prepared_call()
    seat = call.seats.get()
    with refused("has been asked already"):
        actions.invite(call, seats=[seat], organisation=seat.organisation, by=None)
    with refused("not in this request"):
        actions.invite(call, seats=[SeatFactory(term=call.term)], organisation=OrganisationFactory(), by=None)
    with refused("Choose for which seats"):
        actions.invite(call, seats=[], organisation=OrganisationFactory(), by=None)
    with refused("either an organisation or an authority"):
        actions.invite(call, seats=[seat], by=None)
    other = ContactFactory(organisation=OrganisationFactory())
    with refused("acts for another organisation"):
        actions.invite(call, seats=[seat], organisation=OrganisationFactory(), contact=other, by=None)


def test_who_is_asked_after_the_opening_gets_the_letter_at_once() -> None:
    call = opened_call()
    late = actions.invite(
        call, seats=[call.seats.get()], organisation=OrganisationFactory(), email="myos@example.org", by=None
    )
    late.refresh_from_db()
    assert late.mail is not None
    with refused("stays on the list"):
        actions.remove_invitation(late, by=None)


def test_only_a_draft_is_removed() -> None:
    draft = prepared_call()
    actions.remove_invitation(invitations_of(draft)[0], by=None)
    actions.remove_call(draft, by=None)
    assert not NominationCall.objects.filter(pk=draft.pk).exists()
    with refused("has been opened"):
        actions.remove_call(opened_call(), by=None)


def test_a_seat_that_is_asked_for_stays() -> None:
    call = opened_call()
    answered(call)
    with refused("cannot be removed"):
        remove_seat(call.seats.get(), by=None)
