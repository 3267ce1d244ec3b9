"""Every permission of nomination calls over every role and state: who may, and that nobody else may."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.councils import BodyFactory
from tests.factories.nominations import CallFactory, invitations_of, names_for, opened_call
from tests.factories.people import allowed_to, convener, everybody, in_body, long_term, staff

from yhdys.accounts.models import StaffRole
from yhdys.core import access, clock
from yhdys.councils.enums import Role
from yhdys.nominations.actions import answer_call
from yhdys.nominations.enums import CallState, Door
from yhdys.nominations.models import CallInvitation, Nomination, NominationCall
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region, require_scope

RUN = {"administrator", "secretary", "convener"}
READ = RUN | {"chair", "editor", "observer"}

DRAFT, OPEN, CLOSED = CallState.DRAFT, CallState.OPEN, CallState.CLOSED
PROPOSED, APPOINTED = CallState.PROPOSED, CallState.APPOINTED

CALLS: dict[str, dict[str, set[str]]] = {
    "view_call": dict.fromkeys(CallState, READ),
    "add_call": dict.fromkeys(CallState, RUN),
    "change_call": dict.fromkeys((DRAFT, OPEN), RUN),
    "invite": dict.fromkeys((DRAFT, OPEN), RUN),
    "remove_call": {DRAFT: RUN},
    "open_call": {DRAFT: RUN},
    "note_answer": dict.fromkeys((OPEN, CLOSED), RUN),
    "close_call": {OPEN: RUN},
    "choose_nomination": dict.fromkeys((OPEN, CLOSED), RUN),
    "propose": {CLOSED: RUN},
    "return_proposal": {PROPOSED: RUN},
    "appoint": dict.fromkeys((CLOSED, PROPOSED), RUN),
    "export_proposal": dict.fromkeys((CLOSED, PROPOSED, APPOINTED), READ),
    "set_targets": dict.fromkeys(CallState, RUN),
}


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("permission", CALLS)
def test_who_may_in_which_state(permission: str) -> None:
    body = BodyFactory()
    people = everybody(body) | {"convener": convener(body)}
    call = CallFactory(term=long_term(body))
    found = {}
    for state in CallState:
        call.state = state
        found[state] = allowed_to(people, f"nominations.{permission}", call)
    assert found == {state: CALLS[permission].get(state, set()) for state in CallState}


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("phase", ["past", "future"])
def test_roles_count_only_while_they_are_held(phase: str) -> None:
    body = BodyFactory()
    call = CallFactory(term=long_term(body))
    assert allowed_to(everybody(body, phase), "nominations.view_call", call) == set()


@pytest.mark.usefixtures("region")
def test_lists_and_pages_agree_on_who_reads() -> None:
    body = BodyFactory()
    call = opened_call(term=long_term(body), deadline=clock.today())
    invitation = invitations_of(call)[0]
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    people = everybody(body) | {"convener": convener(body)}
    for model in (NominationCall, CallInvitation, Nomination):
        seen = {name for name, who in people.items() if model.objects.visible_to(who).exists()}  # type: ignore[attr-defined]  # ours
        assert seen == READ
    door = {name for name, who in people.items() if access.allowed(who, "nominations.view_calls", require_scope())}
    assert door == READ | {"elsewhere"}


def test_nothing_for_strangers(kainuu: Region, lappi: Region) -> None:
    with in_region(lappi):
        strangers = [in_body(BodyFactory(), Role.SECRETARY), staff(StaffRole.Role.ADMINISTRATOR)]
    with in_region(kainuu):
        call = CallFactory()
        for stranger in (*strangers, AnonymousUser(), None):
            assert not access.allowed(stranger, "nominations.view_call", call)
            assert not NominationCall.objects.visible_to(stranger).exists()
