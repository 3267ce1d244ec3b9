"""Questions about nomination calls: what is missing, who has answered, how balanced the composition would be."""

from yhdys.nominations.queries.balance import Balance, Dimension, Row, Share, balance_of
from yhdys.nominations.queries.progress import (
    Line,
    Missing,
    answered_of,
    candidates_for,
    duplicates_of,
    lines_of,
    missing_for_appointment,
    missing_for_opening,
    missing_for_proposal,
    reminders_due,
    undecided_of,
)

__all__ = [
    "Balance",
    "Dimension",
    "Line",
    "Missing",
    "Row",
    "Share",
    "answered_of",
    "balance_of",
    "candidates_for",
    "duplicates_of",
    "lines_of",
    "missing_for_appointment",
    "missing_for_opening",
    "missing_for_proposal",
    "reminders_due",
    "undecided_of",
]
