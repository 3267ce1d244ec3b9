"""The page behind the link in a request to name representatives: a right to answer, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories.nominations import invitations_of, names_for, opened_call, prepared_call
from tests.web.nominations.conftest import text_of

from yhdys.core import clock
from yhdys.councils.enums import Appointing
from yhdys.meetings.emails import ANSWER as ANSWER_TO_MEETING
from yhdys.nominations import actions
from yhdys.nominations.actions import answer_call, appoint_members, close_call, propose_composition
from yhdys.nominations.emails import ANSWER
from yhdys.nominations.enums import Door, Reply
from yhdys.nominations.models import CallInvitation, NominationCall, Nominee
from yhdys.regions.models import Region
from yhdys.tenancy import links
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
LATER = timedelta(days=90)
MEMBER = {"seat1-member_name": "Aino Aalto", "seat1-member_email": "aino@example.org", "seat1-member_gender": "woman"}
DEPUTY = {"seat1-deputy_name": "Eero Eskola", "seat1-deputy_email": "eero@example.org"}


def link_to(invitation: CallInvitation, purpose: str = ANSWER) -> str:
    token = links.issue(purpose=purpose, target=invitation, expires_at=clock.now() + LATER)
    return f"/en/naming/{token}/"


def asked(call: NominationCall) -> CallInvitation:
    return invitations_of(call)[0]


def sent(invitation: CallInvitation, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    now = CallInvitation.objects.get(pk=invitation.pk)
    return {"version": now.version, **MEMBER, **DEPUTY, **more}


def test_opening_the_link_shows_and_changes_nothing(visitor: Client) -> None:
    invitation = asked(opened_call())
    page = visitor.get(link_to(invitation))
    assert page.status_code == 200
    assert invitation.name in text_of(page)
    assert "Nimetkää jäsen ja varajäsen." in text_of(page)
    assert visitor.head(link_to(invitation)).status_code == 200
    assert not CallInvitation.objects.get(pk=invitation.pk).is_answered


def test_names_are_sent_and_shown_back(visitor: Client) -> None:
    invitation = asked(opened_call())
    address = link_to(invitation)
    answer = visitor.post(address, sent(invitation, **{"seat1-member_publishes_email": "on"}))
    assert answer.status_code == 302
    page = visitor.get(answer["Location"])
    assert "Thank you, your answer has been noted" in text_of(page)
    assert text_of(page).index("Aino Aalto") < text_of(page).index("Eero Eskola")
    member = Nominee.objects.get(place="member")
    assert (member.name, member.gender, member.publishes_email, member.publishes_phone) == (
        "Aino Aalto", "woman", True, False,
    )  # fmt: skip
    assert CallInvitation.objects.get(pk=invitation.pk).answered_by == Door.LINK
    changing = visitor.get(f"{address}?change=1")
    assert 'value="Aino Aalto"' in text_of(changing)


def test_no_cookie_is_set_and_no_cache_keeps_the_page(visitor: Client) -> None:
    invitation = asked(opened_call())
    address = link_to(invitation)
    for response in (visitor.get(address), visitor.post(address, sent(invitation)), visitor.get("/en/naming/x/")):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"


def test_declining_is_one_button(visitor: Client) -> None:
    invitation = asked(opened_call())
    answer = visitor.post(link_to(invitation), {"version": "", "decline": "1", "note": "Emme ehdi"})
    assert answer.status_code == 302
    invitation.refresh_from_db()
    assert (invitation.reply, invitation.note) == (Reply.DECLINED, "Emme ehdi")
    assert "You name nobody." in text_of(visitor.get(answer["Location"]))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Write the member’s name."),
        (DEPUTY, "Name the member first: a vacant seat has no deputy."),
        (MEMBER | {"seat1-member_email": ""}, "Write an e-mail address."),
        (MEMBER | {"seat1-member_email": "aino"}, "like name@example.org"),
        (MEMBER | {"seat1-member_name": "A" * 151}, "at most 150"),
    ],
)
def test_mistakes_are_said_at_the_field_and_what_was_typed_stays(
    visitor: Client, given: dict[str, str], sentence: str
) -> None:
    invitation = asked(opened_call())
    page = visitor.post(link_to(invitation), {"version": "", **given})
    assert page.status_code == 422
    assert sentence in text_of(page)
    for value in filter(None, given.values()):
        assert value in text_of(page)
    assert not Nominee.objects.exists()


def test_the_same_person_twice_is_a_sentence(visitor: Client) -> None:
    invitation = asked(opened_call())
    twice = {"seat1-deputy_name": "Aino Aalto", "seat1-deputy_email": "AINO@example.org"}
    page = visitor.post(link_to(invitation), sent(invitation, **twice))
    assert page.status_code == 409
    assert "two different people" in text_of(page)


def test_for_several_seats_at_least_one_is_named(visitor: Client) -> None:
    call = prepared_call(seats=2)
    first, second = invitations_of(call)
    first.seats.add(*second.seats.all())
    actions.open_call(call, by=None)
    address = link_to(first)
    assert text_of(visitor.get(address)).count("seat2-member_name") > 1
    assert "Name at least one member" in text_of(visitor.post(address, {"version": ""}))
    assert visitor.post(address, {"version": "", **MEMBER}).status_code == 302
    assert first.nominations.count() == 1


def test_a_passed_on_link_overwrites_nothing_unseen(visitor: Client) -> None:
    invitation = asked(opened_call())
    address = link_to(invitation)
    visitor.post(address, sent(invitation))
    other = {"version": "", "seat1-member_name": "Toinen Tekijä", "seat1-member_email": "toinen@example.org"}
    page = visitor.post(address, other)
    assert page.status_code == 409
    assert "Somebody has answered by the same link" in text_of(page)
    assert "Toinen Tekijä" in text_of(page)
    assert Nominee.objects.get(place="member").name == "Aino Aalto"
    now = CallInvitation.objects.get(pk=invitation.pk)
    assert f'value="{now.version}"' in text_of(page)
    assert visitor.post(address, other | {"version": now.version}).status_code == 302
    assert Nominee.objects.get(place="member").name == "Toinen Tekijä"


def test_after_the_deadline_an_answer_is_taken_as_late(visitor: Client) -> None:
    call = opened_call()
    NominationCall.objects.filter(pk=call.pk).update(
        opens_on=clock.today() - timedelta(days=9), deadline=clock.today() - timedelta(days=1)
    )
    invitation = asked(call)
    address = link_to(invitation)
    assert "marked as late" in text_of(visitor.get(address))
    visitor.post(address, sent(invitation))
    assert CallInvitation.objects.get(pk=invitation.pk).is_late


def test_each_end_of_the_call_is_a_sentence(visitor: Client) -> None:
    call = opened_call(order=Appointing.CONSTITUTIVE_MEETING)
    invitation = asked(call)
    address = link_to(invitation)
    answer_call(invitation, names_for(invitation), way=Door.LINK)
    close_call(call, by=None)
    assert "The request has been closed" in text_of(visitor.get(address))
    assert visitor.post(address, sent(invitation)).status_code == 409
    propose_composition(call, by=None)
    assert "The composition has been proposed" in text_of(visitor.get(address))
    appoint_members(call, by=None)
    for page in (visitor.get(address), visitor.post(address, sent(invitation))):
        assert "The members have been appointed" in text_of(page)


def test_a_link_is_of_one_purpose_one_region_and_one_time(visitor: Client, lappi: Region) -> None:
    invitation = asked(opened_call())
    address = link_to(invitation)
    with in_region(lappi):
        far = link_to(asked(opened_call()))
    assert Client(HTTP_HOST="lappi.localhost").get(far).status_code == 200
    assert visitor.get(far).status_code == 410
    assert visitor.get(link_to(invitation, ANSWER_TO_MEETING)).status_code == 410
    assert visitor.get(address.replace("naming", "answer")).status_code == 410
    assert "This link does not open anything any more" in text_of(visitor.get("/en/naming/unknown/"))
    with clock.at(clock.now() + timedelta(days=91)):
        assert visitor.get(address).status_code == 410


def test_a_form_of_another_site_is_refused(region: Region) -> None:
    invitation = asked(opened_call())
    away = Client(HTTP_HOST="kainuu.localhost", HTTP_ORIGIN="http://lappi.localhost")
    assert away.post(link_to(invitation), sent(invitation)).status_code == 403
    assert not Nominee.objects.exists()
