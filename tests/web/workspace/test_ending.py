"""Ending a term on its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.meetings import held_meeting
from tests.factories.people import in_body

from yhdys.core import clock
from yhdys.councils.enums import Role, TermState
from yhdys.councils.models import Body, Settlement, Term
from yhdys.meetings.actions import add_assignment
from yhdys.meetings.models import Assignment, Meeting
from yhdys.regions.models import Region

pytestmark = pytest.mark.usefixtures("region")


@pytest.fixture
def meeting(region: Region) -> Meeting:
    meeting = held_meeting()
    add_assignment(meeting.agenda_items.order_by("number")[0], what="Kutsu kumppanit", who="Isäntä", by=None)
    return meeting


@pytest.fixture
def desk(meeting: Meeting, secretary_of: Callable[[Body], Client]) -> Client:
    return secretary_of(meeting.body)


@pytest.fixture
def term(meeting: Meeting) -> Term:
    return Term.objects.get(body=meeting.body)


def address(term: Term) -> str:
    return f"/en/workspace/councils/terms/{term.pk}/end/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def typed(meeting: Meeting, **more: str) -> dict[str, str]:
    task = Assignment.objects.order_by("created_at")[0]
    return {
        "on": f"{clock.today():%d.%m.%Y}",
        f"how-{task.pk.hex}": "closed",
        f"why-{task.pk.hex}": "Raukesi",
        f"how-{meeting.pk.hex}": "carried",
    } | more


def test_the_page_asks_about_each_open_matter_and_has_one_primary_button(desk: Client, term: Term) -> None:
    page = text(desk.get(address(term)))
    assert "Kutsu kumppanit" in page
    assert "The minutes stay as they are, and nobody is reminded of them." in page
    assert "No later term is planned." in page
    assert page.count("End the term</button>") == 1


def test_what_was_decided_is_done_and_told_on_the_terms_page(desk: Client, term: Term, meeting: Meeting) -> None:
    answer = desk.post(address(term), typed(meeting))
    assert answer.status_code == 302
    term.refresh_from_db()
    assert term.state == TermState.ENDED
    page = text(desk.get(answer.headers["Location"]))
    assert "Settled when the term ended" in page
    assert "Raukesi" in page


def test_a_matter_left_undecided_or_closed_without_a_reason_is_pointed_at(
    desk: Client, term: Term, meeting: Meeting
) -> None:
    task = Assignment.objects.get()
    without = typed(meeting)
    del without[f"how-{task.pk.hex}"]
    assert desk.post(address(term), without).status_code == 422
    refused = desk.post(address(term), typed(meeting, **{f"why-{task.pk.hex}": ""}))
    assert refused.status_code == 422
    assert "Say why it is closed." in text(refused)
    assert not Settlement.objects.exists()


def test_what_opened_meanwhile_is_not_forgotten(desk: Client, term: Term, meeting: Meeting) -> None:
    known = typed(meeting)
    add_assignment(meeting.agenda_items.order_by("number")[0], what="Uusi tehtävä", who="Isäntä", by=None)
    refused = desk.post(address(term), known)
    assert refused.status_code == 422
    assert "Uusi tehtävä" in text(refused)
    assert "Raukesi" in text(refused)
    term.refresh_from_db()
    assert term.state == TermState.RUNNING


def test_a_member_ends_no_term(term: Term, meeting: Meeting, window_of: Callable[[Any], Client]) -> None:
    window = window_of(in_body(term.body, Role.MEMBER))
    assert window.post(address(term), typed(meeting)).status_code == 403
