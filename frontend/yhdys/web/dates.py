"""Dates as people in Finland read them, in the interface's languages and in the Sámi languages of contents."""

from datetime import date, datetime, time

from babel.dates import format_date
from django.utils import timezone, translation

from yhdys.core.clock import HELSINKI

_AT = {"fi": "klo ", "sv": "kl. ", "en": "at ", "se": "dii. "}
"""What stands before the time of day; nothing in a language whose translator has not said."""
_WITHOUT_NAMES = {"sms"}
"""Languages whose days and months the Unicode data does not name: their dates are numbers."""


def _language(language: str | None) -> str:
    return (language or translation.get_language() or "fi")[:3].rstrip("-")


def local(moment: date | datetime) -> date | datetime:
    """An aware moment by the Finnish wall clock; a plain date as it is."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return moment.astimezone(HELSINKI)
    return moment


def day(moment: date | datetime, language: str | None = None) -> str:
    """``pe 27.11.2026``, ``fre 27.11.2026``, ``Fri 27 Nov 2026``."""
    code = _language(language)
    if code in _WITHOUT_NAMES:
        return short_day(moment, code)
    return str(format_date(local(moment), "EEE d MMM y" if code == "en" else "ccc d.M.y", locale=code))


def short_day(moment: date | datetime, language: str | None = None) -> str:
    """``27.11.2026``; in English ``27 Nov 2026``, which nobody reads as a month first."""
    code = _language(language)
    return str(format_date(local(moment), "d MMM y" if code == "en" else "d.M.y", locale=code))


def clock_time(moment: datetime | time) -> str:
    """``14.00``."""
    wall = moment if isinstance(moment, time) else local(moment)
    return f"{wall:%H.%M}".removeprefix("0")


def moment(value: datetime, language: str | None = None) -> str:
    """``pe 27.11.2026 klo 14.00``."""
    return f"{day(value, language)} {_AT.get(_language(language), '')}{clock_time(value)}"


def span(start: datetime, end: datetime | None = None, language: str | None = None) -> str:
    """``pe 27.11.2026 klo 14.00–16.00``; over midnight both days are said."""
    if end is None:
        return moment(start, language)
    first, last = local(start), local(end)
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return f"{moment(start, language)}–{clock_time(end)}"
    return f"{moment(start, language)} – {moment(end, language)}"


def weekday(value: date | datetime, language: str | None = None) -> str:
    """``pe``: the short name of the day."""
    code = _language(language)
    return "" if code in _WITHOUT_NAMES else str(format_date(local(value), "ccc", locale=code))


def month(value: date | datetime, language: str | None = None) -> str:
    """``marras``, ``nov``: the short name of the month, without the full stop or the ending of a case."""
    code = _language(language)
    if code in _WITHOUT_NAMES:
        return f"{local(value).month}."
    return str(format_date(local(value), "LLL", locale=code)).rstrip(".")
