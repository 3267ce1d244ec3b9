"""Dates as people in Finland write them."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from yhdys.web import dates

AFTERNOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "pe 27.11.2026 klo 14.00"),
        ("sv", "fre 27.11.2026 kl. 14.00"),
        ("en", "Fri 27 Nov 2026 at 14.00"),
        ("se", "bear 27.11.2026 dii. 14.00"),
        ("smn", "vás 27.11.2026 14.00"),
        ("sms", "27.11.2026 14.00"),
    ],
)
def test_a_moment_in_each_language(language: str, expected: str) -> None:
    assert dates.moment(AFTERNOON, language) == expected


def test_the_language_is_the_pages_own() -> None:
    with translation.override("sv"):
        assert dates.day(AFTERNOON) == "fre 27.11.2026"


def test_the_clock_is_the_one_on_a_finnish_wall_in_summer_and_over_midnight() -> None:
    assert dates.moment(datetime(2026, 6, 30, 21, 30, tzinfo=UTC), "fi") == "ke 1.7.2026 klo 0.30"


def test_a_span_says_its_day_once() -> None:
    assert dates.span(AFTERNOON, datetime(2026, 11, 27, 14, 0, tzinfo=UTC), "fi") == "pe 27.11.2026 klo 14.00–16.00"


def test_a_span_over_midnight_says_both_days() -> None:
    end = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
    assert dates.span(AFTERNOON, end, "fi") == "pe 27.11.2026 klo 14.00 – la 28.11.2026 klo 10.00"


def test_a_span_without_an_end_is_its_beginning() -> None:
    assert dates.span(AFTERNOON, None, "fi") == dates.moment(AFTERNOON, "fi")


def test_a_plain_date_has_no_time_zone_to_move_it() -> None:
    assert dates.day(date(2026, 1, 1), "fi") == "to 1.1.2026"
    assert dates.clock_time(time(9, 5)) == "9.05"


def test_the_short_names_of_a_date_block() -> None:
    assert (dates.weekday(AFTERNOON, "fi"), dates.month(AFTERNOON, "fi")) == ("pe", "marras")
    assert (dates.weekday(AFTERNOON, "sv"), dates.month(AFTERNOON, "sv")) == ("fre", "nov")
