"""The desk of nomination calls: a secretary takes a call from its preparation to members, page by page."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from tests.factories.councils import BodyFactory, SeatFactory
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
from tests.factories.people import in_body, long_term
from tests.web.nominations.conftest import Desk, text_of

from yhdys.core import clock
from yhdys.councils.enums import Appointing, Balance, Role
from yhdys.councils.models import ExternalDecision, Membership
from yhdys.mail.models import OutgoingMail
from yhdys.nominations.actions import Names, answer_call, close_call, propose_composition, propose_openly
from yhdys.nominations.emails import send_call
from yhdys.nominations.enums import CallKind, CallState, Door, Reply
from yhdys.nominations.models import CallInvitation, NominationCall, Nominee, Target
from yhdys.regions.models import Region
from yhdys.tenancy.context import in_region

pytestmark = pytest.mark.usefixtures("region")
MEMBER = {"seat1-member_name": "Aino Aalto", "seat1-member_email": "aino@example.org", "seat1-member_gender": "woman"}


def url(name: str, **kwargs: Any) -> str:
    return reverse(f"workspace:{name}", urlconf="yhdys.config.urls_region", kwargs=kwargs)


@pytest.fixture
def body(region: Region) -> Any:
    return BodyFactory(name_fi="Kainuun koeneuvottelukunta", appointing=Appointing.BY_POST)


@pytest.fixture
def desk(at_desk: Desk, body: Any) -> Client:
    return at_desk(in_body(body, Role.SECRETARY))


def call_of(body: Any, **more: Any) -> NominationCall:
    return opened_call(term=long_term(body), **more)


def answered(call: NominationCall) -> NominationCall:
    for invitation in invitations_of(call)[:1]:
        answer_call(invitation, names_for(invitation), way=Door.LINK)
    return call


def test_from_the_preparation_to_the_members(desk: Client, body: Any) -> None:
    term = long_term(body)
    seats = [seat_of(term), seat_of(term)]
    assert "No requests yet" in text_of(desk.get(url("nominations")))
    form = url("nomination-call-add", pk=term.pk)
    assert "by_post" in text_of(desk.get(form))
    last = clock.today() + timedelta(days=14)
    made = desk.post(
        form,
        {
            "kind": "invited", "seats": [str(seat.pk) for seat in seats], "asks_deputies": "on", "order": "by_post",
            "opens_on": f"{clock.today():%d.%m.%Y}", "deadline": f"{last:%d.%m.%Y}", "text_fi": "Nimetkää edustajat.",
        },
    )  # fmt: skip
    call = NominationCall.objects.get()
    assert made["Location"] == url("nomination-call", pk=call.pk)
    page = text_of(desk.get(made["Location"]))
    assert "Nobody is asked for these seats yet" in page
    desk.post(url("nomination-invite-known", pk=call.pk))
    assert call.invitations.count() == 2
    opening = text_of(desk.get(url("nomination-opening", pk=call.pk)))
    assert "Open the request: send 2 letters" in opening
    assert "Nimetkää edustajat." in opening
    desk.post(url("nomination-opening", pk=call.pk))
    first, second = invitations_of(call)
    desk.post(url("nomination-note", pk=first.pk), {"version": "", **MEMBER})
    desk.post(url("nomination-note", pk=second.pk), {"version": "", "decline": "1", "note": "Ei nyt"})
    assert [one.reply for one in invitations_of(call)] == [Reply.NAMED, Reply.DECLINED]
    page = text_of(desk.get(made["Location"]))
    assert "Member: Aino Aalto" in page
    assert "Ei nyt" in page
    desk.post(url("nomination-closing", pk=call.pk))
    page = text_of(desk.get(url("nomination-appointment", pk=call.pk)))
    assert "stays vacant" in page
    day = clock.today() + timedelta(days=1)
    done = desk.post(url("nomination-appointment", pk=call.pk), {"start": f"{day:%d.%m.%Y}"})
    assert done.status_code == 302
    membership = Membership.objects.get(seat__in=seats)
    assert (membership.contact.name, membership.start) == ("Aino Aalto", day)
    assert "Appointed" in text_of(desk.get(made["Location"]))


def test_mistakes_in_the_form_and_refusals_are_shown_with_what_was_typed(desk: Client, body: Any) -> None:
    form = url("nomination-call-add", pk=long_term(body).pk)
    assert desk.post(form, {"text_fi": "Kirjoitettu"}).status_code == 422
    page = desk.post(
        form,
        {
            "kind": "invited", "order": "by_post", "opens_on": "2.3.2027", "deadline": "1.3.2027",
            "text_fi": "Kirjoitettu",
        },
    )  # fmt: skip
    assert page.status_code == 409
    assert "cannot be before the request opens" in text_of(page)
    assert "Kirjoitettu" in text_of(page)


def test_an_organisation_is_asked_by_the_form(desk: Client, body: Any) -> None:
    call = CallFactory(term=long_term(body))
    seat = SeatFactory(term=call.term)
    call.seats.set([seat])
    page = url("nomination-invite", pk=call.pk)
    other = OrganisationFactory()
    assert desk.post(page, {"seats": [str(seat.pk)]}).status_code == 422
    desk.post(page, {"seats": [str(seat.pk)], "organisation": str(other.pk), "email": "muu@example.org"})
    invitation = CallInvitation.objects.get()
    assert (invitation.organisation, invitation.email) == (other, "muu@example.org")
    form = text_of(desk.get(url("nomination-address", pk=invitation.pk)))
    version = form.split('name="version" value="')[1].split('"')[0]
    desk.post(url("nomination-address", pk=invitation.pk), {"email": "uusi@example.org", "version": version})
    invitation.refresh_from_db()
    assert invitation.email == "uusi@example.org"
    desk.post(url("nomination-uninvite", pk=invitation.pk))
    assert not CallInvitation.objects.exists()
    desk.post(url("nomination-call-removal", pk=call.pk))
    assert not NominationCall.objects.exists()


def test_two_editors_of_a_request_overwrite_nothing(desk: Client, body: Any) -> None:
    call = prepared_call(term=long_term(body))
    page = url("nomination-call-edit", pk=call.pk)
    version = text_of(desk.get(page)).split('name="version" value="')[1].split('"')[0]
    given = {
        "kind": "invited", "order": "by_post", "seats": [str(seat.pk) for seat in call.seats.all()],
        "asks_deputies": "on", "opens_on": f"{call.opens_on:%d.%m.%Y}", "deadline": f"{call.deadline:%d.%m.%Y}",
        "version": version,
    }  # fmt: skip
    assert desk.post(page, given | {"text_fi": "Ensimmäinen"}).status_code == 302
    clash = desk.post(page, given | {"text_fi": "Toinen"})
    assert clash.status_code == 409
    assert "Ensimmäinen" in text_of(clash)
    assert "Toinen" in text_of(clash)


def test_a_proposal_is_made_downloaded_and_returned(desk: Client, body: Any) -> None:
    body.balance = Balance.BINDING
    body.save()
    call = answered(call_of(body, seats=2, order=Appointing.PROPOSED_THEN_DECIDED))
    second = invitations_of(call)[1]
    desk.post(url("nomination-note", pk=second.pk), {"version": "", **MEMBER, "seat1-member_name": "Orvokki Oja"})
    close_call(call, by=None)
    page = url("nomination-proposal", pk=call.pk)
    assert "Not reached: 1 man more" in text_of(desk.get(page))
    refused = desk.post(page, {"balance_reason": ""})
    assert refused.status_code == 409
    assert "Tell the reason" in text_of(refused)
    desk.post(page, {"balance_reason": "Miesehdokkaita ei ollut."})
    assert NominationCall.objects.get().state == CallState.PROPOSED
    later = clock.today() + timedelta(days=20)
    desk.post(url("nomination-return", pk=call.pk), {"reason": "Yksi ala.", "deadline": f"{later:%d.%m.%Y}"})
    call.refresh_from_db()
    assert (call.state, call.return_reason, call.deadline) == (CallState.OPEN, "Yksi ala.", later)


def test_the_presentation_is_a_word_file_and_a_tagged_pdf(desk: Client, body: Any) -> None:
    call = answered(call_of(body, seats=2))
    assert desk.get(url("nomination-file", pk=call.pk, kind="docx")).status_code == 403
    close_call(call, by=None)
    answer = desk.get(url("nomination-file", pk=call.pk, kind="docx"))
    assert answer["Content-Disposition"].endswith('.docx"')
    document = Document(BytesIO(answer.content))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[0] == ["Jäsenpaikka", "Nimeäjä", "Jäsen", "Varajäsen"]
    assert cells[1][2:] == ["Aino Aalto", "Eero Eskola"]
    assert cells[2][2:] == ["jää tyhjäksi", "–"]
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Esitetään, että tässä luetellut jäsenet" in words
    assert "aino.aalto@example.org" not in words
    made = desk.get(url("nomination-file", pk=call.pk, kind="pdf"))
    reader = PdfReader(BytesIO(made.content))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "Aino Aalto" in reader.pages[0].extract_text()
    assert desk.get(url("nomination-file", pk=call.pk, kind="exe")).status_code == 404


def test_appointing_asks_for_the_decision_where_one_is_needed(desk: Client, body: Any) -> None:
    call = answered(call_of(body, order=Appointing.PROPOSED_THEN_DECIDED))
    close_call(call, by=None)
    propose_composition(call, by=None)
    page = url("nomination-appointment", pk=call.pk)
    start = f"{clock.today():%d.%m.%Y}"
    assert desk.post(page, {"start": start}).status_code == 422
    decision = ExternalDecision.objects.create(
        body=body, deciding_body_fi="Hallitus", date=date(2026, 1, 1), title_fi="Valinta"
    )
    assert desk.post(page, {"start": start, "decision": str(decision.pk)}).status_code == 302
    assert set(Membership.objects.filter(seat__isnull=False).values_list("decision", flat=True)) == {decision.pk}


def test_of_several_proposals_one_is_chosen(desk: Client, body: Any) -> None:
    call = CallFactory(term=long_term(body), kind=CallKind.OPEN, order=Appointing.PROPOSED_THEN_DECIDED)
    call.seats.set([seat_of(call.term)])
    desk.post(url("nomination-opening", pk=call.pk))
    call.refresh_from_db()
    first, second = (
        propose_openly(
            call, Names(call.seats.get(), person), organisation=f"Järjestö {person.name}", sender_name="L",
            sender_email="l@example.org",
        )
        for person in (AINO, EERO)
    )  # fmt: skip
    assert "in the proposal" in text_of(desk.get(url("nomination-call", pk=call.pk)))
    desk.post(url("nomination-choice", pk=second.pk))
    second.refresh_from_db()
    assert second.is_chosen
    known = OrganisationFactory()
    desk.post(url("nomination-organisation", pk=first.pk), {"organisation": str(known.pk)})
    first.refresh_from_db()
    assert first.organisation == known


def test_targets_are_set_and_removed(desk: Client, body: Any) -> None:
    page = url("targets", pk=body.pk)
    assert desk.post(page, {"kind": "sector", "at_least": "1"}).status_code == 409
    desk.post(page, {"kind": "seat_kind", "seat_kind": "expert", "at_least": "2"})
    target = Target.objects.get()
    assert "Expert" in text_of(desk.get(page))
    desk.post(url("target-removal", pk=target.pk))
    assert not Target.objects.exists()


def test_a_failed_letter_is_shown_and_written_anew(desk: Client, body: Any) -> None:
    call = call_of(body)
    invitation = invitations_of(call)[0]
    with clock.at(clock.now()):
        send_call(call)
    OutgoingMail.objects.update(state=OutgoingMail.State.FAILED)
    assert "Letter did not arrive" in text_of(desk.get(url("nomination-call", pk=call.pk)))
    desk.post(url("nomination-letter", pk=invitation.pk))
    assert CallInvitation.objects.get(pk=invitation.pk).mail is None


def test_another_answer_meanwhile_is_not_overwritten_by_the_desk(desk: Client, body: Any) -> None:
    call = answered(call_of(body))
    page = url("nomination-note", pk=invitations_of(call)[0].pk)
    clash = desk.post(page, {"version": "", **MEMBER, "seat1-member_name": "Toinen"})
    assert clash.status_code == 409
    assert "Toinen" in text_of(clash)
    assert Nominee.objects.get(place="member").name == "Aino Aalto"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VICE_CHAIR, Role.COMMUNICATIONS])
def test_names_are_not_for_the_members(at_desk: Desk, body: Any, role: Role) -> None:
    call = answered(call_of(body))
    client = at_desk(in_body(body, role))
    assert client.get(url("nominations")).status_code == 403
    assert client.get(url("nomination-call", pk=call.pk)).status_code == 404


def test_the_chair_reads_and_does_nothing(at_desk: Desk, body: Any) -> None:
    call = answered(call_of(body))
    chair = at_desk(in_body(body, Role.CHAIR))
    assert "Aino Aalto" in text_of(chair.get(url("nomination-call", pk=call.pk)))
    assert chair.post(url("nomination-closing", pk=call.pk)).status_code == 403


def test_another_regions_call_is_not_there(desk: Client, lappi: Region) -> None:
    with in_region(lappi):
        far = opened_call()
    assert desk.get(url("nomination-call", pk=far.pk)).status_code == 404


def test_the_desk_takes_as_many_questions_for_many_seats_as_for_few(desk: Client, body: Any) -> None:
    asked = []
    for seats in (2, 6):
        call = call_of(body, seats=seats)
        for number, invitation in enumerate(invitations_of(call)):
            named = MEMBER | {"seat1-member_name": f"Aino {number}"}
            desk.post(url("nomination-note", pk=invitation.pk), {"version": "", **named})
        desk.get(url("nomination-call", pk=call.pk))
        with CaptureQueriesContext(connection) as captured:
            desk.get(url("nomination-call", pk=call.pk))
        asked.append(len(captured))
    assert asked[0] == asked[1]
