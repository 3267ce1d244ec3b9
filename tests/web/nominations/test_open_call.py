"""The public form of an open request."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories.nominations import CallFactory, opened_call, seat_of
from tests.web.nominations.conftest import text_of

from yhdys.core import clock
from yhdys.councils.enums import Appointing
from yhdys.mail.models import OutgoingMail
from yhdys.nominations.actions import close_call, open_call
from yhdys.nominations.enums import CallKind
from yhdys.nominations.models import Nomination, NominationCall, Nominee
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region
from yhdys.web.public.forms import age_token

pytestmark = pytest.mark.usefixtures("region")


def field_call() -> NominationCall:
    call: NominationCall = CallFactory(kind=CallKind.OPEN, order=Appointing.PROPOSED_THEN_DECIDED, slug="kentta")
    call.seats.set([seat_of(call.term), seat_of(call.term)])
    return open_call(call, by=None)


ADDRESS = "/en/requests/kentta/"


def form(**more: Any) -> dict[str, Any]:
    with clock.at(clock.now() - timedelta(minutes=1)):
        opened = age_token("nomination")
    return {
        "opened": opened,
        "homepage": "",
        "organisation": "Uusi yhdistys ry",
        "seat": "2",
        "member_name": "Aino Aalto",
        "member_email": "aino@example.org",
        "sender_name": "Lea Lähettäjä",
        "sender_email": "lea@example.org",
    } | more


def test_an_organisation_proposes_itself(visitor: Client) -> None:
    call = field_call()
    assert "Propose members for the council" in text_of(visitor.get(ADDRESS))
    answer = visitor.post(ADDRESS, form())
    assert answer["Location"] == f"{ADDRESS}received/"
    assert "Thank you for the proposal" in text_of(visitor.get(answer["Location"]))
    nomination = Nomination.objects.get()
    assert (nomination.named_by, nomination.seat) == ("Uusi yhdistys ry", call.asked_seats[1])
    letter = OutgoingMail.objects.get(purpose="nominations.proposal")
    assert letter.to == ["lea@example.org"]
    assert "Aino" not in letter.text  # The address is unproven.


def test_the_front_page_leads_to_an_open_request_until_it_is_closed(visitor: Client) -> None:
    call = field_call()
    assert f'href="{ADDRESS}"' in text_of(visitor.get("/en/"))
    close_call(call, by=None)
    assert f'href="{ADDRESS}"' not in text_of(visitor.get("/en/"))


def test_names_are_never_on_a_public_page(visitor: Client) -> None:
    field_call()
    visitor.post(ADDRESS, form())
    for address in (ADDRESS, f"{ADDRESS}received/", "/en/", "/en/council/"):
        assert "Aino" not in text_of(visitor.get(address))


def test_the_same_proposal_twice_is_one_and_a_robots_none(visitor: Client) -> None:
    field_call()
    once = form()
    assert visitor.post(ADDRESS, once).status_code == visitor.post(ADDRESS, once).status_code == 302
    assert visitor.post(ADDRESS, form(homepage="http://spam.example", member_name="Robo")).status_code == 302
    assert Nomination.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"organisation": ""}, "Fill this in."),
        ({"seat": ""}, "Choose one."),
        ({"member_name": "", "member_email": ""}, "Write the member’s name."),
        ({"sender_email": "lea"}, "like name@example.org"),
        ({"opened": ""}, "could not be verified"),
    ],
)
def test_mistakes_are_said(visitor: Client, wrong: dict[str, str], sentence: str) -> None:
    field_call()
    page = visitor.post(ADDRESS, form(**wrong))
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not Nominee.objects.exists()


def test_only_open_requests_that_are_open_are_there(visitor: Client, lappi: Region) -> None:
    invited = opened_call()
    assert visitor.get(f"/en/requests/{invited.slug}/").status_code == 404
    with in_region(lappi):
        field_call()
    assert visitor.get(ADDRESS).status_code == 404
    call = field_call()
    close_call(call, by=None)
    assert "the proposals are being considered" in text_of(visitor.get(ADDRESS))
    assert visitor.post(ADDRESS, form()).status_code == 409
