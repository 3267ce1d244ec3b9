"""The public holidays of Finland, computed: few days, fixed by law or by Easter, need no library of the whole world."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

SATURDAY = 5


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method that Meeus names after Butcher.

    >>> easter(2027)
    datetime.date(2027, 3, 28)
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, day = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - moon - day) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, left = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, left + 1)


@lru_cache(maxsize=32)
def public_holidays(year: int) -> Mapping[date, str | Promise]:
    """The public holidays of one year by date, with their names in the language of the page.

    Midsummer Eve and Christmas Eve are holidays by custom and collective agreement, when no office is open, too.
    """
    sunday = easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    days: list[tuple[date, str | Promise]] = [
        (date(year, 1, 1), pgettext_lazy("public holiday", "New Year’s Day")),
        (date(year, 1, 6), pgettext_lazy("public holiday", "Epiphany")),
        (sunday - timedelta(days=2), pgettext_lazy("public holiday", "Good Friday")),
        (sunday, pgettext_lazy("public holiday", "Easter Sunday")),
        (sunday + timedelta(days=1), pgettext_lazy("public holiday", "Easter Monday")),
        (sunday + timedelta(days=49), pgettext_lazy("public holiday", "Whit Sunday")),
        (sunday + timedelta(days=39), pgettext_lazy("public holiday", "Ascension Day")),
        (date(year, 5, 1), pgettext_lazy("public holiday", "May Day")),
        (midsummer - timedelta(days=1), pgettext_lazy("public holiday", "Midsummer Eve")),
        (midsummer, pgettext_lazy("public holiday", "Midsummer Day")),
        (_saturday_from(date(year, 10, 31)), pgettext_lazy("public holiday", "All Saints’ Day")),
        (date(year, 12, 6), pgettext_lazy("public holiday", "Independence Day")),
        (date(year, 12, 24), pgettext_lazy("public holiday", "Christmas Eve")),
        (date(year, 12, 25), pgettext_lazy("public holiday", "Christmas Day")),
        (date(year, 12, 26), pgettext_lazy("public holiday", "Boxing Day")),
    ]
    return dict(sorted(days, key=lambda one: one[0]))


def holiday(day: date) -> str:
    """The name of the public holiday on a day, in the language of the page; empty on any other day."""
    return str(public_holidays(day.year).get(day, ""))


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)
