"""What a figure counts, and for how long."""

from enum import StrEnum


class Kind(StrEnum):
    """How a figure's number is read."""

    COUNT = "count"
    """Things: bodies, seats, meetings, articles. Always told."""
    OF_PEOPLE = "of_people"
    """Natural persons. From one to four is too few to be told: somebody could be recognised."""
    YEAR = "year"
    """A year of the calendar, such as 2012."""
    DAY = "day"
    """A Finnish date, written as the number 20261127."""


class Period(StrEnum):
    """The stretch of time for which a figure is counted, as pages show it first."""

    NOW = "now"
    """The state of things: as of now, and where it is worth it at the end of each month."""
    YEAR = "year"
    """What happens in a calendar year, counted by month."""
