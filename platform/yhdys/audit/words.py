"""The audit trail in words. Each app says its own verbs in its ``history.py``, with ``verbs``.

A verb is a past participle with underscores (``item_added``) and stays: old entries are never changed.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yhdys.audit.models import Entry

type Words = Mapping[str, str | Promise]

COMMON: Words = {
    "added": pgettext_lazy("audit", "Added"),
    "changed": pgettext_lazy("audit", "Changed"),
    "removed": pgettext_lazy("audit", "Removed"),
    "restored": pgettext_lazy("audit", "An earlier version was put back"),
}
"""What every app does in the same words, unless it declares its own."""

_verbs: dict[str, Words] = {}
_labels: dict[str, type[TextChoices]] = {}


def verbs(app: str, words: Words, *, labels: Mapping[str, type[TextChoices]] | None = None) -> None:
    """Say what an app's verbs mean. A sentence may hold details in braces: ``Guest added: {name}``.

    ``labels`` names the closed lists that details hold values of. Raises ValueError when another app's list has the
    same name.
    """
    _verbs[app] = words
    for name, choices in (labels or {}).items():
        if _labels.setdefault(name, choices) is not choices:
            raise ValueError(f"Two closed lists for the detail {name}.")


def words_of(app: str, verb: str) -> str | Promise | None:
    """The words of an app for a verb, else those that every app shares."""
    return _verbs.get(app, {}).get(verb) or COMMON.get(verb)


def sentence_of(entry: Entry) -> str:
    """What the entry tells, in the active language; the bare verb for one that no app knows any more.

    The app of the record says it; an app above may have written about a record of an app below with a verb of its own.
    """
    app = entry.target_type.partition(".")[0]
    above = (words[entry.verb] for words in _verbs.values() if entry.verb in words)
    words = words_of(app, entry.verb) or next(above, None)
    if words is None:
        return entry.verb
    return str(words).format_map(_Lenient(detail_words(entry)))


def detail_words(entry: Entry) -> dict[str, Any]:
    """The entry's details, values of closed lists by their labels."""
    return {name: label_of(name, value) for name, value in entry.details.items()}


def label_of(name: str, value: Any) -> Any:
    """A detail as a person reads it; ``none`` for an empty value of a closed list."""
    choices = _labels.get(name)
    if choices is None:
        return value
    if not value:
        return _("none")
    return str(choices(value).label) if value in choices.values else value


class _Lenient(dict[str, Any]):
    """A detail that an old entry lacks is left out of its sentence."""

    def __missing__(self, key: str) -> str:
        return "–"
