"""The register of personal data: what is kept of whom, why, on which basis and for how long.

Each app declares its classes in its ``personal_data.py``. The region's privacy notice is made of them, the nightly
erasure runs what they say, and a test finds every table with personal data that no class names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

type Words = str | Promise
type Erasure = Callable[[], int]


class Basis(TextChoices):
    """The ground for processing (General Data Protection Regulation, article 6)."""

    TASK = "task", pgettext_lazy("legal basis", "The council’s task")
    """6(1)(e) for an organ of a public host, 6(1)(f) for a free cooperation body: the notice says which."""
    DUTY = "duty", pgettext_lazy("legal basis", "A duty in law (article 6(1)(c))")
    CONSENT = "consent", pgettext_lazy("legal basis", "The person’s consent (article 6(1)(a))")
    SECURITY = "security", pgettext_lazy("legal basis", "The legitimate interest in a safe service (article 6(1)(f))")


@dataclass(frozen=True)
class PersonalData:
    """One class of personal data."""

    key: str
    title: Words
    people: Words
    """Whom it is about."""
    contents: Words
    purpose: Words
    basis: tuple[Basis, ...]
    retention: Words
    tables: tuple[str, ...]
    """Labels of the models that hold it, such as ``accounts.user``."""
    publicity: Words = ""
    """What of it the public sees; empty for none."""
    past: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns whose earlier values in history are blanked in time (``audit.personal_data``), by label of the model."""
    erase: Erasure | None = None
    """Erases in the current region what has outlived its time; returns how many rows. Harmless when run again."""
    order: int = 50


_classes: dict[str, PersonalData] = {}
_impersonal: dict[str, str] = {}


def declare(data: PersonalData) -> PersonalData:
    """Enter a class into the register. Raises ValueError when the key is taken."""
    if data.key in _classes:
        raise ValueError(f"{data.key} is in the register already.")
    _classes[data.key] = data
    return data


def not_personal(table: str, because: str) -> None:
    """Note that a table looks as if it held personal data, and why it does not."""
    _impersonal[table] = because


def classes() -> list[PersonalData]:
    """All classes in the order of the notice."""
    return sorted(_classes.values(), key=lambda data: (data.order, data.key))


def past_columns(table: str) -> tuple[str, ...]:
    """The columns of a table whose earlier values are blanked."""
    return tuple(column for data in _classes.values() for column in data.past.get(table, ()))


def known_tables() -> set[str]:
    """Labels of all models that the register speaks of."""
    return {table for data in _classes.values() for table in data.tables} | set(_impersonal)
