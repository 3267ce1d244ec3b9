"""The year plan in the workspace: a rule, its days as a list to mend, and the drafts; and how the public reads them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from tests.factories.accounts import UserFactory
from tests.factories.councils import BodyFactory, TermFactory
from tests.factories.meetings import MeetingFactory, council, in_days, member, secretary_of
from tests.web.meetings.conftest import Desk, text_of

from yhdys.core import clock
from yhdys.councils.enums import Role
from yhdys.councils.models import Body
from yhdys.meetings.actions import announce_meeting, cancel_meeting, reschedule_meeting
from yhdys.meetings.models import Meeting

RULE = {
    "year": "2027", "every": "1", "first_month": "1", "week": "1", "weekday": "2", "begins": "14.00", "ends": "16.00",
    "not_in_july": "on",
}  # fmt: skip


@pytest.fixture
def autumn() -> Iterator[None]:
    with clock.at(clock.helsinki(2026, 11, 22, 9)):
        yield


def plan_page(body: Body, **rule: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in (RULE | {"body": str(body.pk)} | rule).items())
    return f"{reverse('workspace:meetings-year-plan', urlconf='yhdys.config.urls_region')}?{query}"


def days_sent(*days: str, told: str = "", **more: str) -> dict[str, str]:
    sent = {"form-TOTAL_FORMS": str(len(days)), "form-INITIAL_FORMS": "0", "title": "Kokous"} | more
    for number, day in enumerate(days):
        sent |= {f"form-{number}-day": day, f"form-{number}-begins": "14.00", f"form-{number}-ends": "16.00"}
        sent[f"form-{number}-told"] = told
    return sent


@pytest.mark.usefixtures("autumn")
def test_the_rule_proposes_days_and_names_the_holidays(at_desk: Desk) -> None:
    body = TermFactory(body=BodyFactory(), start=date(2026, 1, 1), end=None).body
    desk = at_desk(secretary_of(body))
    assert "Propose the days" in text_of(desk.get(plan_page(body).partition("?")[0]))
    page = text_of(desk.get(plan_page(body)))
    assert page.count('name="form-') >= 4 * 12
    assert 'value="6.1.2027"' in page
    assert "6 January 2027 is a public holiday: Epiphany." in page
    assert 'value="7.7.2027"' not in page


@pytest.mark.usefixtures("autumn")
def test_the_days_become_drafts(at_desk: Desk) -> None:
    body = council().body
    desk = at_desk(secretary_of(body))
    response = desk.post(plan_page(body), days_sent("3.2.2027", "", "10.3.2027", place="Kirjasto"))
    assert response.status_code == 302
    assert [(one.title_fi, str(one.day), one.place_fi) for one in Meeting.objects.order_by("starts_at")] == [
        ("Kokous 1/2027", "2027-02-03", "Kirjasto"),
        ("Kokous 2/2027", "2027-03-10", "Kirjasto"),
    ]


@pytest.mark.usefixtures("autumn")
def test_a_holiday_that_was_typed_is_told_once_and_then_stands(at_desk: Desk) -> None:
    body = council().body
    desk = at_desk(secretary_of(body))
    asked = desk.post(plan_page(body), days_sent("26.3.2027"))
    assert asked.status_code == 422
    assert "26 March 2027 is a public holiday: Good Friday." in text_of(asked)
    assert 'value="2027-03-26"' in text_of(asked)
    assert not Meeting.objects.exists()
    assert desk.post(plan_page(body), days_sent("26.3.2027", told="2027-03-26")).status_code == 302
    assert Meeting.objects.count() == 1


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (days_sent("31.2.2027"), "Write the day as 27.11.2026."),
        (days_sent("3.2.2027") | {"form-0-ends": "13.00"}, "The meeting must end after it begins."),
        (days_sent("3.2.2027") | {"form-0-begins": ""}, "Write the time as 14.00."),
        (days_sent("3.2.2027", "3.2.2027"), "The body already has a meeting on 3 February 2027."),
        (days_sent(""), "Give at least one day."),
    ],
)
def test_mistakes_are_told_and_nothing_is_made(at_desk: Desk, sent: dict[str, str], sentence: str) -> None:
    body = council().body
    response = at_desk(secretary_of(body)).post(plan_page(body), sent)
    assert response.status_code in (409, 422)
    assert sentence in text_of(response)
    assert not Meeting.objects.exists()


@pytest.mark.usefixtures("autumn")
def test_who_prepares_plans_but_does_not_announce(at_desk: Desk) -> None:
    term = council()
    vice = UserFactory()
    member(term, Role.VICE_CHAIR, user=vice)
    desk = at_desk(vice)
    assert 'name="announce"' not in text_of(desk.get(plan_page(term.body)))
    assert desk.post(plan_page(term.body), days_sent("3.2.2027", announce="on")).status_code == 403
    assert not Meeting.objects.exists()
    assert desk.post(plan_page(term.body), days_sent("3.2.2027")).status_code == 302


@pytest.mark.usefixtures("autumn")
def test_another_bodys_plan_is_not_made(at_desk: Desk) -> None:
    own, other = council().body, council().body
    response = at_desk(secretary_of(own)).post(plan_page(other), days_sent("3.2.2027"))
    assert response.status_code == 422
    assert not Meeting.objects.exists()


# --- The public's list and calendar ---
def test_moved_and_cancelled_meetings_stay_in_sight_with_the_reason(visitor: Client) -> None:
    moved = announce_meeting(MeetingFactory(starts_at=in_days(20), ends_at=None), by=None)
    off = announce_meeting(MeetingFactory(starts_at=in_days(30), ends_at=None), by=None)
    reschedule_meeting(moved, starts_at=in_days(25), reason="Sali on varattu", by=None)
    cancel_meeting(off, reason="Ei asioita", by=None)

    page = text_of(visitor.get("/en/meetings/"))
    assert "Sali on varattu" in page
    assert "Former time" in page
    assert "Ei asioita" in page
    calendar = Calendar.from_ical(visitor.get("/en/meetings/calendar.ics").content)
    told = {str(one["UID"]): (str(one["STATUS"]), str(one["DESCRIPTION"])) for one in calendar.walk("VEVENT")}
    assert told == {
        f"{moved.pk}@yhdys": ("CONFIRMED", "Sali on varattu"),
        f"{off.pk}@yhdys": ("CANCELLED", "Ei asioita"),
    }


def test_moves_cost_the_list_no_more_questions(visitor: Client) -> None:
    body = BodyFactory()

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            visitor.get("/en/meetings/")
        return len(captured)

    def moved(days: int) -> None:
        meeting = announce_meeting(MeetingFactory(body=body, starts_at=in_days(days), ends_at=None), by=None)
        reschedule_meeting(meeting, starts_at=in_days(days + 1), reason="Sali on varattu", by=None)

    moved(10)
    asked()
    one = asked()
    moved(20)
    moved(30)
    assert asked() == one
