"""What waits for the secretary, and what goes when its time is over."""

from datetime import timedelta

import pytest
from tests.factories.councils import BodyFactory
from tests.factories.nominations import invitations_of, names_for, opened_call, prepared_call
from tests.factories.people import in_body, long_term, user

from yhdys.core import clock
from yhdys.core.todo import todos_of
from yhdys.councils.enums import Appointing, Role
from yhdys.nominations.actions import answer_call, appoint_members, close_call, open_call, propose_composition
from yhdys.nominations.enums import Door
from yhdys.nominations.models import NominationCall, Nominee
from yhdys.nominations.personal_data import erase_nominees

pytestmark = pytest.mark.usefixtures("region")
DAY = timedelta(days=1)


def test_each_state_says_what_to_do_next() -> None:
    body = BodyFactory()
    secretary, member = in_body(body, Role.SECRETARY), in_body(body, Role.MEMBER)

    def waiting() -> list[str]:
        return [todo.title for todo in todos_of(secretary) if todo.kind == "nominations"]

    call = prepared_call(term=long_term(body), order=Appointing.PROPOSED_THEN_DECIDED)
    assert waiting() == ["Open the request to name members"]
    open_call(call, by=None)
    assert waiting() == []
    NominationCall.objects.filter(pk=call.pk).update(opens_on=clock.today() - 9 * DAY, deadline=clock.today() - DAY)
    assert waiting() == ["Close the request to name members"]
    invitation = invitations_of(call)[0]
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    close_call(call, by=None)
    assert waiting() == ["Propose the composition"]
    propose_composition(call, by=None)
    assert waiting() == ["Appoint the members when the proposal has been decided on"]
    assert [todo for todo in todos_of(member) if todo.kind == "nominations"] == []
    assert [todo for todo in todos_of(user()) if todo.kind == "nominations"] == []


def test_where_no_proposal_is_needed_the_members_are_appointed_at_once() -> None:
    body = BodyFactory()
    secretary = in_body(body, Role.SECRETARY)
    close_call(opened_call(term=long_term(body)), by=None)
    assert "Appoint the members who were named" in [todo.title for todo in todos_of(secretary)]


def test_names_go_a_year_after_the_appointment_and_what_was_done_stays() -> None:
    call = opened_call()
    invitation = invitations_of(call)[0]
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    close_call(call, by=None)
    appoint_members(call, by=None)
    with clock.at(clock.now() + 364 * DAY):
        assert erase_nominees() == 0
    with clock.at(clock.now() + 366 * DAY):
        assert erase_nominees() > 0
        assert erase_nominees() == 0
    assert not Nominee.objects.exists()
    assert call.nominations.count() == 1
    assert invitations_of(call)[0].email == ""


def test_a_call_that_came_to_nothing_is_forgotten_after_two_years() -> None:
    call = opened_call()
    invitation = invitations_of(call)[0]
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    NominationCall.objects.filter(pk=call.pk).update(
        opens_on=clock.today() - 800 * DAY, deadline=clock.today() - 731 * DAY
    )
    assert erase_nominees() > 0
