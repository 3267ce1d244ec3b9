"""Names, by the link and by the public form: taken, corrected, late, and refused in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.factories.councils import SeatFactory
from tests.factories.nominations import (
    AINO,
    EERO,
    CallFactory,
    invitations_of,
    names_for,
    opened_call,
    prepared_call,
    seat_of,
)
from tests.factories.organisations import OrganisationFactory

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.councils.enums import Appointing
from yhdys.nominations import actions
from yhdys.nominations.actions import Names, Person, answer_call, close_call, decline_call
from yhdys.nominations.enums import CallKind, Door, Reply
from yhdys.nominations.models import CallInvitation, NominationCall, Nominee

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


def test_names_are_taken_and_the_only_ones_for_a_seat_are_chosen() -> None:
    invitation = answered(opened_call())
    nomination = invitation.nominations.with_people().get()
    assert (invitation.reply, invitation.is_late, nomination.is_chosen) == (Reply.NAMED, False, True)
    assert nomination.member is not None
    assert nomination.deputy is not None
    assert (nomination.member.name, nomination.member.gender, nomination.member.publishes_email) == (
        "Aino Aalto", "woman", True,
    )  # fmt: skip
    assert nomination.deputy.email == "eero.eskola@example.org"


def test_an_answer_can_be_corrected_until_the_closing() -> None:
    call = opened_call()
    answered(call)
    corrected = answered(call, member=EERO, deputy=None)
    assert [nominee.name for one in corrected.nominations.with_people() for nominee in one.nominees.all()] == [
        "Eero Eskola"
    ]
    close_call(call, by=None)
    with refused("cannot be changed here"):
        answered(call)


def test_the_same_answer_twice_is_one_answer() -> None:
    call = opened_call()
    answered(call)
    answered(call)
    assert call.nominations.count() == 1
    assert Nominee.objects.count() == 2


def test_an_answer_made_from_an_older_page_overwrites_nothing() -> None:
    call = opened_call()
    invitation = invitations_of(call)[0]
    before = invitation.version
    answered(call)
    with refused("Somebody has answered by the same link"):
        answer_call(invitation, names_for(invitation, member=EERO, deputy=None), way=Door.LINK, version=before)
    with refused("Somebody has answered by the same link"):
        decline_call(invitation, way=Door.LINK, version=before)
    assert call.nominations.get().nominees.count() == 2


def test_a_late_answer_is_taken_and_marked() -> None:
    call = opened_call(seats=2)
    with clock.at(NOW + 15 * DAY):
        first, second = invitations_of(call)
        assert answer_call(first, names_for(first), way=Door.LINK).is_late
        assert first.nominations.get().is_late
        close_call(call, by=None)
        people = replace(AINO, name="Orvokki Oja"), replace(EERO, name="Onni Oja")
        assert answer_call(second, names_for(second, *people), way=Door.LINK).is_late


def test_correcting_in_time_what_came_in_time_does_not_make_it_late() -> None:
    call = opened_call()
    answered(call)
    with clock.at(NOW + 15 * DAY):
        corrected = answered(call, deputy=None)
        assert not corrected.is_late
        assert not corrected.nominations.get().is_late


def test_declining_is_an_answer_that_can_be_changed() -> None:
    call = opened_call()
    invitation = decline_call(invitations_of(call)[0], note="Emme ehdi.", way=Door.LINK)
    assert (invitation.reply, invitation.note) == (Reply.DECLINED, "Emme ehdi.")
    invitation = answered(call)
    assert (invitation.reply, invitation.note) == (Reply.NAMED, "")


@pytest.mark.parametrize(
    ("member", "deputy", "sentence"),
    [
        (None, EERO, "a vacant seat has no deputy"),
        (None, None, "Name at least one member"),
        (AINO, AINO, "two different people"),
        (Person(" ", "x@example.org"), None, "Write the name"),
        (Person("Aino", "aino"), None, "is not an e-mail address"),
        (Person("A" * 151, "aino@example.org"), None, "at most 150"),
    ],
)
def test_names_that_cannot_be_are_refused(member: Person | None, deputy: Person | None, sentence: str) -> None:
    call = opened_call()
    with refused(sentence):
        answered(call, member=member, deputy=deputy)
    assert not call.nominations.exists()


def test_one_person_is_named_for_one_of_an_organisations_seats() -> None:
    call = prepared_call(seats=2)
    first, second = invitations_of(call)
    first.seats.add(*second.seats.all())
    actions.open_call(call, by=None)
    first = call.invitations.listed().get(pk=first.pk)
    with refused("Aino Aalto is named twice"):
        answer_call(first, names_for(first, deputy=None), way=Door.LINK)


def test_names_are_not_taken_before_the_opening_nor_for_a_seat_that_was_not_asked() -> None:
    draft = prepared_call()
    with refused("has not been opened"):
        answered(draft)
    call = opened_call()
    invitation = invitations_of(call)[0]
    with refused("not in this request"):
        answer_call(invitation, [Names(SeatFactory(), AINO)], way=Door.LINK)


def test_deputies_are_refused_where_none_are_asked() -> None:
    with refused("Deputies are not named"):
        answered(opened_call(asks_deputies=False))


def test_the_secretary_notes_an_answer_after_the_closing_too() -> None:
    call = opened_call()
    answered(call)
    close_call(call, by=None)
    invitation = invitations_of(call)[0]
    noted = answer_call(invitation, names_for(invitation, deputy=None), way=Door.DESK)
    assert (noted.answered_by, noted.nominations.get().nominees.count()) == (Door.DESK, 1)


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


def test_the_field_proposes_and_the_desk_chooses(field_call: NominationCall) -> None:
    known = OrganisationFactory(name_fi="Tuttu yhdistys ry")
    first = open_form(field_call)
    second = open_form(field_call, organisation="tuttu YHDISTYS ry")
    assert (first.organisation, second.organisation) == (None, known)
    assert (first.is_chosen, second.is_chosen, first.sender_email) == (True, False, "lea@example.org")
    actions.choose_nomination(second, by=None)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_chosen, second.is_chosen) == (False, True)
    assert actions.link_organisation(first, known, by=None).organisation == known


def test_an_open_call_refuses_what_it_cannot_take(field_call: NominationCall) -> None:
    with refused("Write the name of the organisation"):
        open_form(field_call, organisation=" ")
    with refused("not in this request"):
        actions.propose_openly(
            field_call, Names(SeatFactory(), AINO), organisation="X ry", sender_name="X", sender_email="x@example.org"
        )
    with refused("invites nobody"):
        actions.invite(field_call, seats=[field_call.seats.get()], organisation=OrganisationFactory(), by=None)
    with refused("answered by the link"):
        open_form(opened_call())
    close_call(field_call, by=None)
    with refused("has been closed"):
        open_form(field_call)
