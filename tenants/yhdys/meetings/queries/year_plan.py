"""The dates of a year by a rule, and what speaks against each of them."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yhdys.core import clock
from yhdys.core.holidays import holiday
from yhdys.councils.models import Body, Term
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.models import Meeting

LAST = 5
"""Stands for the last such weekday of a month, be it the fourth or the fifth."""
JULY = 7
DECEMBER = 12


@dataclass(frozen=True)
class YearRule:
    """On which days of a year a body meets: the nth such weekday of every so many months."""

    year: int
    weekday: int
    """0 is Monday."""
    week: int = 1
    """Which such weekday of the month, from 1; ``LAST`` is the last one."""
    every: int = 1
    """Months from one meeting to the next."""
    first_month: int = 1
    not_in_july: bool = True

    def days(self) -> list[date]:
        """The days in their order."""
        months = range(self.first_month, DECEMBER + 1, self.every)
        return [self._day(month) for month in months if not (month == JULY and self.not_in_july)]

    def _day(self, month: int) -> date:
        if self.week == LAST:
            last = date(self.year, month, monthrange(self.year, month)[1])
            return last - timedelta(days=(last.weekday() - self.weekday) % 7)
        first = date(self.year, month, 1)
        return first + timedelta(days=(self.weekday - first.weekday()) % 7, weeks=self.week - 1)


def objections(body: Body, days: Collection[date]) -> dict[date, list[str]]:
    """What speaks against meeting on each of the days, in sentences: a public holiday, another meeting, no term.

    Two queries, however many the days. Days without objections are left out.
    """
    if not days:
        return {}
    terms = list(Term.objects.of_body(body))
    met = meeting_days(body, {day.year for day in days})
    found: dict[date, list[str]] = {}
    for day in sorted(set(days)):
        said = []
        if name := holiday(day):
            said.append(_("{day} is a public holiday: {name}.").format(day=date_format(day), name=name))
        if day in met:
            said.append(_("The body already has a meeting on {day}.").format(day=date_format(day)))
        if terms and not any(term.holds_on(day) for term in terms):
            said.append(_("{day} is in none of the body’s terms.").format(day=date_format(day)))
        if said:
            found[day] = said
    return found


def is_outside_terms(body: Body, day: date) -> bool:
    """Whether the body has terms and the day lies in none of them: then nobody is a member on it."""
    terms = list(Term.objects.of_body(body))
    return bool(terms) and not any(term.holds_on(day) for term in terms)


def meeting_days(body: Body, years: Collection[int]) -> set[date]:
    """The Finnish days of those years on which the body meets; cancelled meetings do not count."""
    found: set[date] = set()
    for year in years:
        meetings = Meeting.objects.filter(body=body).of_year(year).exclude(state=MeetingState.CANCELLED)
        found |= {moment.astimezone(clock.HELSINKI).date() for moment in meetings.values_list("starts_at", flat=True)}
    return found
