"""What the content files say of nomination calls."""

from dataclasses import dataclass, field
from datetime import date, datetime

from yhdys.demo.words import Text
from yhdys.nominations.enums import Gender


@dataclass(frozen=True)
class Named:
    """Whom an organisation named for a seat, and when; no ``member`` where it named nobody."""

    seat: str
    at: datetime
    member: str = ""
    gender: Gender | None = None
    deputy: str = ""
    deputy_gender: Gender | None = None


@dataclass(frozen=True)
class Target:
    """How many members are wanted, at the least, from a municipality or a sector."""

    municipality: str = ""
    sector: str = ""
    at_least: int = 1


@dataclass(frozen=True)
class Call:
    """A request to the organisations of the seats; its members begin on ``members_from``."""

    term: str
    prepared: date
    opened: date
    deadline: date
    closed: date
    members_from: date
    decision: str
    text: Text
    answers: list[Named]
    targets: list[Target] = field(default_factory=list)
