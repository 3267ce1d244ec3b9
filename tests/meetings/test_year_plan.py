"""The days of a year by a rule, what speaks against them, and the drafts that they become."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.councils import BodyFactory, TermFactory
from tests.factories.meetings import MeetingFactory, member

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.holidays import easter, holiday, public_holidays
from yhdys.meetings.actions import cancel_meeting, plan_meetings
from yhdys.meetings.models import Meeting
from yhdys.meetings.queries import LAST, YearRule, missing_for_call, objections

WEDNESDAY = 2


@pytest.fixture
def autumn() -> Iterator[None]:
    """It is the autumn before the year that is planned."""
    with clock.at(clock.helsinki(2026, 11, 22, 9)):
        yield


def at(month: int, day: int) -> tuple[object, object]:
    return clock.helsinki(2027, month, day, 14), clock.helsinki(2027, month, day, 16)


# --- Holidays ---
@pytest.mark.parametrize(
    ("year", "month", "day"), [(1961, 4, 2), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2027, 3, 28), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_the_public_holidays_of_a_year() -> None:
    assert {day.isoformat(): str(name) for day, name in public_holidays(2027).items()} == {
        "2027-01-01": "New Year’s Day",
        "2027-01-06": "Epiphany",
        "2027-03-26": "Good Friday",
        "2027-03-28": "Easter Sunday",
        "2027-03-29": "Easter Monday",
        "2027-05-01": "May Day",
        "2027-05-06": "Ascension Day",
        "2027-05-16": "Whit Sunday",
        "2027-06-25": "Midsummer Eve",
        "2027-06-26": "Midsummer Day",
        "2027-11-06": "All Saints’ Day",
        "2027-12-06": "Independence Day",
        "2027-12-24": "Christmas Eve",
        "2027-12-25": "Christmas Day",
        "2027-12-26": "Boxing Day",
    }
    assert holiday(date(2027, 3, 25)) == ""


# --- The rule ---
def test_every_second_month_on_a_wednesday_but_not_in_july() -> None:
    rule = YearRule(year=2027, weekday=WEDNESDAY, week=2, every=2)
    assert [f"{day:%-d.%-m.}" for day in rule.days()] == ["13.1.", "10.3.", "12.5.", "8.9.", "10.11."]
    with_july = YearRule(year=2027, weekday=WEDNESDAY, week=2, every=2, not_in_july=False)
    assert date(2027, 7, 14) in with_july.days()


def test_the_last_weekday_of_a_month_may_be_the_fifth() -> None:
    rule = YearRule(year=2027, weekday=WEDNESDAY, week=LAST, every=1, first_month=2)
    assert [f"{day:%-d.%-m.}" for day in rule.days()][:3] == ["24.2.", "31.3.", "28.4."]


# --- Objections ---
@pytest.mark.usefixtures("region", "autumn")
def test_holidays_other_meetings_and_the_end_of_the_term_are_told() -> None:
    term = TermFactory(body=BodyFactory(), start=date(2026, 1, 1), end=date(2027, 6, 30))
    MeetingFactory(body=term.body, starts_at=at(3, 10)[0], ends_at=None)
    off = MeetingFactory(body=term.body, starts_at=at(4, 14)[0], ends_at=None)
    cancel_meeting(off, reason="Sali ei ole vapaa", by=None)

    said = objections(term.body, [date(2027, 1, 6), date(2027, 3, 10), date(2027, 4, 14), date(2027, 9, 8)])

    assert said == {
        date(2027, 1, 6): ["6 January 2027 is a public holiday: Epiphany."],
        date(2027, 3, 10): ["The body already has a meeting on 10 March 2027."],
        date(2027, 9, 8): ["8 September 2027 is in none of the body’s terms."],
    }


@pytest.mark.usefixtures("region", "autumn")
def test_objections_cost_the_same_for_one_day_and_for_many() -> None:
    body = TermFactory(body=BodyFactory(), start=date(2026, 1, 1), end=None).body
    days = YearRule(year=2027, weekday=WEDNESDAY).days()
    with CaptureQueriesContext(connection) as one:
        objections(body, days[:1])
    with CaptureQueriesContext(connection) as many:
        objections(body, days)
    assert len(one) == len(many) == 2


# --- The drafts ---
@pytest.mark.usefixtures("region", "autumn")
def test_a_plan_becomes_numbered_drafts_that_nobody_outside_sees() -> None:
    body = BodyFactory()
    MeetingFactory(body=body, starts_at=at(1, 5)[0], ends_at=None)

    made = plan_meetings(body, [at(5, 12), at(3, 10)], by=None, title="Kokous", place_fi="Kirjasto")

    assert [(one.title_fi, one.starts_at, one.ends_at) for one in made] == [
        ("Kokous 2/2027", *at(3, 10)),
        ("Kokous 3/2027", *at(5, 12)),
    ]
    assert {(one.state, one.place_fi) for one in made} == {("draft", "Kirjasto")}
    assert not Meeting.objects.announced().exists()


@pytest.mark.usefixtures("region", "autumn")
def test_a_plan_may_be_announced_at_once() -> None:
    made = plan_meetings(BodyFactory(), [at(3, 10)], by=None, title="Kokous", announce=True)
    assert list(Meeting.objects.announced()) == made


@pytest.mark.usefixtures("region", "autumn")
@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ([], "Give at least one day."),
        ([at(3, 10), at(3, 10)], "The body already has a meeting on 10 March 2027."),
        ([(clock.helsinki(2026, 11, 20, 14), None)], "20 November 2026 has already passed."),
        ([at(1 + n // 28, 1 + n % 28) for n in range(61)], "At most 60 meetings can be planned at once."),
    ],
)
def test_a_plan_that_cannot_be_is_refused_whole(times: list[tuple[object, object]], sentence: str) -> None:
    body = BodyFactory()
    with pytest.raises(ActionRefused, match=sentence):
        plan_meetings(body, [at(2, 10), *times] if times else [], by=None, title="Kokous")  # type: ignore[list-item]  # moments
    assert not Meeting.objects.filter(body=body).exists()


@pytest.mark.usefixtures("region", "autumn")
def test_a_meeting_outside_the_terms_is_not_called() -> None:
    term = TermFactory(body=BodyFactory(), start=date(2026, 1, 1), end=date(2027, 6, 30))
    member(term, role_email="jasen@example.org")
    outside = MeetingFactory(body=term.body, starts_at=at(9, 8)[0], ends_at=None)
    inside = MeetingFactory(body=term.body, starts_at=at(6, 30)[0], ends_at=None)
    sentence = "The day of the meeting is in none of the body’s terms. Choose another, or add the term."
    assert sentence in [one.text for one in missing_for_call(outside)]
    assert sentence not in [one.text for one in missing_for_call(inside)]
