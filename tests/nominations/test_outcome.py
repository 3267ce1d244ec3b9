"""From names to members in their seats: proposal, return, appointment; targets of balance."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories.councils import BodyFactory, MembershipFactory, SeatFactory, TermFactory
from tests.factories.nominations import (
    AINO,
    EERO,
    CallFactory,
    invitations_of,
    names_for,
    opened_call,
    seat_of,
)
from tests.factories.organisations import ContactFactory

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import Appointing, Balance, Role
from yhdys.councils.models import ExternalDecision, Membership
from yhdys.nominations import actions
from yhdys.nominations.actions import Names, answer_call, appoint_members, close_call
from yhdys.nominations.enums import CallKind, CallState, Door
from yhdys.nominations.models import CallInvitation, NominationCall, Nominee
from yhdys.organisations.enums import ConsentField
from yhdys.organisations.models import Contact, Organisation

pytestmark = pytest.mark.usefixtures("region")
DAY = timedelta(days=1)
NOW = clock.helsinki(2026, 11, 21, 12)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.at(NOW):
        yield


def decision_on(call: NominationCall) -> ExternalDecision:
    return ExternalDecision.objects.create(
        body=call.term.body, deciding_body_fi="Maakuntahallitus", date=date(2026, 11, 1), title_fi="Nimeäminen"
    )


def answered(call: NominationCall, **more: Any) -> CallInvitation:
    invitation = invitations_of(call)[0]
    return answer_call(invitation, names_for(invitation, **more), way=Door.LINK)


def refused(match: str) -> Any:
    return pytest.raises(ActionRefused, match=match)


def open_form(call: NominationCall, **more: Any) -> Any:
    given: dict[str, Any] = {
        "organisation": "Uusi yhdistys ry",
        "sender_name": "Lea Lähettäjä",
        "sender_email": "Lea@Example.org",
    }
    return actions.propose_openly(call, Names(call.asked_seats[0], AINO, EERO), **(given | more))


@pytest.fixture
def field_call(region: Any) -> NominationCall:
    call = CallFactory(kind=CallKind.OPEN, order=Appointing.PROPOSED_THEN_DECIDED)
    call.seats.set([seat_of(call.term)])
    return actions.open_call(call, by=None)


def test_by_post_members_are_appointed_without_a_decision() -> None:
    call = opened_call()
    answered(call)
    close_call(call, by=None)
    made = appoint_members(call, by=None)
    call.refresh_from_db()
    member, deputy = made
    assert call.state == CallState.APPOINTED
    assert (member.role, deputy.role, deputy.deputises_for) == (Role.MEMBER, Role.DEPUTY, member)
    assert (member.start, member.end, member.seat) == (call.term.start, call.term.end, call.seats.get())
    assert member.organisation == call.seats.get().organisation
    assert member.contact.email == "aino.aalto@example.org"
    assert member.contact.publishes(ConsentField.EMAIL)
    assert not member.contact.publishes(ConsentField.PHONE)
    assert Nominee.objects.get(place="member").membership == member


def test_a_person_of_the_directory_gets_no_second_card() -> None:
    call = opened_call()
    card = ContactFactory(name="Aino Aalto", email="Aino.Aalto@example.org")
    answered(call)
    close_call(call, by=None)
    member, _deputy = appoint_members(call, by=None)
    assert member.contact == card
    assert Contact.objects.filter(name="Aino Aalto").count() == 1
    assert Contact.objects.get(pk=card.pk).phone == "040 000 0001"


def test_after_the_proposal_names_are_not_taken_and_the_board_may_return_it() -> None:
    call = opened_call(order=Appointing.PROPOSED_THEN_DECIDED)
    answered(call)
    close_call(call, by=None)
    with refused("cannot become"):
        appoint_members(call, decision=decision_on(call), by=None)
    actions.propose_composition(call, by=None)
    with refused("has been proposed"):
        answered(call)
    with refused("Tell why the proposal is returned"):
        actions.return_proposal(call, reason=" ", deadline=date(2026, 12, 20), by=None)
    with refused("Choose a later one"):
        actions.return_proposal(call, reason="Vain yhdeltä alalta.", deadline=date(2026, 11, 20), by=None)
    first_letter = invitations_of(call)[0].mail
    back = actions.return_proposal(call, reason="Vain yhdeltä alalta.", deadline=date(2026, 12, 20), by=None)
    assert (back.state, back.proposed_at) == (CallState.OPEN, None)
    letter = invitations_of(call)[0].mail
    assert letter is not None
    assert letter != first_letter
    assert "Vain yhdeltä alalta." in letter.text
    answered(call, member=EERO, deputy=None)
    close_call(call, by=None)
    actions.propose_composition(call, by=None)
    with refused("by which decision"):
        appoint_members(call, by=None)
    decision = decision_on(call)
    (member,) = appoint_members(call, decision=decision, by=None)
    assert member.decision == decision


def test_only_where_the_board_decides_on_proposals_are_they_returned() -> None:
    call = opened_call(order=Appointing.CONSTITUTIVE_MEETING)
    answered(call)
    close_call(call, by=None)
    actions.propose_composition(call, by=None)
    with refused("can be returned to the field"):
        actions.return_proposal(call, reason="Syy.", deadline=date(2026, 12, 20), by=None)
    assert len(appoint_members(call, by=None)) == 2


def test_after_the_appointment_everything_is_a_sentence() -> None:
    call = opened_call()
    answered(call)
    close_call(call, by=None)
    appoint_members(call, by=None)
    with refused("have been appointed"):
        answered(call)
    with refused("cannot become"):
        appoint_members(call, by=None)
    with refused("closed"):
        actions.change_call(NominationCall.objects.get(pk=call.pk), by=None)
    assert Membership.objects.count() == 2


def test_a_decision_of_another_body_is_refused() -> None:
    call = opened_call()
    with refused("another body"):
        actions.tell_decision(call, decision_on(opened_call()), by=None)


def test_nobody_gets_two_seats_of_one_body() -> None:
    call = opened_call(seats=2)
    for invitation in invitations_of(call):
        answer_call(invitation, names_for(invitation, deputy=None), way=Door.LINK)
    close_call(call, by=None)
    with refused("Aino Aalto is named for two places"):
        actions.propose_composition(call, by=None)
    with refused("Aino Aalto is named for two places"):
        appoint_members(call, by=None)
    assert not Membership.objects.exists()


def test_who_sits_already_is_not_appointed_to_another_seat_and_nobody_else_is_either() -> None:
    call = opened_call(seats=2)
    first, second = invitations_of(call)
    answer_call(first, names_for(first, member=EERO, deputy=None), way=Door.LINK)
    answer_call(second, names_for(second, deputy=None), way=Door.LINK)
    card = ContactFactory(name="Aino Aalto", email="aino.aalto@example.org")
    MembershipFactory(seat=SeatFactory(term=call.term), contact=card)
    close_call(call, by=None)
    with refused("Aino Aalto has a seat in this body"):
        appoint_members(call, by=None)
    assert Membership.objects.count() == 1
    assert not Contact.objects.filter(name="Eero Eskola").exists()


def test_members_begin_within_the_term() -> None:
    call = opened_call()
    answered(call)
    close_call(call, by=None)
    with refused("cannot end before it starts"):
        appoint_members(call, start=date(2028, 1, 1), by=None)
    with refused("must be within the term"):
        appoint_members(call, start=date(2025, 12, 31), by=None)
    assert appoint_members(call, start=date(2026, 12, 1), by=None)[0].start == date(2026, 12, 1)


def test_an_organisation_of_the_open_call_joins_the_directory_with_its_member(field_call: NominationCall) -> None:
    open_form(field_call)
    close_call(field_call, by=None)
    actions.propose_composition(field_call, by=None)
    member, _deputy = appoint_members(field_call, decision=decision_on(field_call), by=None)
    assert member.organisation == Organisation.objects.get(name_fi="Uusi yhdistys ry")


def test_nothing_is_proposed_of_nobody() -> None:
    call = opened_call()
    close_call(call, by=None)
    with refused("Nobody has been chosen"):
        actions.propose_composition(call, by=None)


def test_a_body_that_the_act_binds_tells_why_the_balance_is_not_reached() -> None:
    call = opened_call(seats=2, term=TermFactory(body=BodyFactory(balance=Balance.BINDING)))
    first, second = invitations_of(call)
    answer_call(first, names_for(first, deputy=None), way=Door.LINK)
    other = replace(AINO, name="Orvokki Oja", email="orvokki@example.org")
    answer_call(second, names_for(second, member=other, deputy=None), way=Door.LINK)
    close_call(call, by=None)
    with refused("The Equality Act binds"):
        actions.propose_composition(call, by=None)
    proposed = actions.propose_composition(call, balance_reason="Alan järjestöissä ei ollut miehiä.", by=None)
    assert proposed.balance_reason == "Alan järjestöissä ei ollut miehiä."


def test_a_target_is_set_changed_and_removed(region: Any) -> None:
    from yhdys.nominations.models import Target

    body = BodyFactory()
    target = actions.set_target(Target(body=body, kind="seat_kind", seat_kind="expert", at_least=1), by=None)
    again = actions.set_target(Target(body=body, kind="seat_kind", seat_kind="expert", at_least=2), by=None)
    assert (again, again.at_least) == (target, 2)
    with refused("Choose what the target is about"):
        actions.set_target(Target(body=body, kind="sector", at_least=1), by=None)
    with refused("one member at the least"):
        actions.set_target(Target(body=body, kind="seat_kind", seat_kind="body", at_least=0), by=None)
    actions.remove_target(again, by=None)
    assert not Target.objects.exists()
