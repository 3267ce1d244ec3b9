"""The audit trail of a record, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yhdys.audit.models import Entry
from yhdys.audit.words import label_of, sentence_of
from yhdys.web.dates import short_day

MOST = 50
"""How many lines a page shows: the newest."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the page shows it."""

    at: datetime
    what: str
    who: str
    more: str


def trail_of(record: models.Model) -> list[Line]:
    """The newest entries about a record: one query."""
    return [_line(entry) for entry in Entry.objects.about(record)[:MOST]]


def _line(entry: Entry) -> Line:
    return Line(
        at=entry.at,
        what=sentence_of(entry),
        who=entry.actor_name or _("The system"),
        more=" · ".join(_details(entry)),
    )


def _details(entry: Entry) -> Iterable[str]:
    details = entry.details
    columns = [_field(entry.target_type, name) for name in details.get("fields", ())]
    if known := dict.fromkeys(filter(None, columns)):
        yield ", ".join(known)
    for key in ("role", "field", "name", "host", "to", "reason", "url"):
        if value := details.get(key):
            yield str(label_of(key, value))
    for key in ("on", "start", "end"):
        if value := details.get(key):
            yield short_day(date.fromisoformat(str(value)[:10]))
    if count := details.get("count"):
        yield str(count)


def _field(target: str, name: str) -> str:
    """A column's name as forms say it: ``purpose_sv`` is *Purpose*; empty for one that the record does not have."""
    names = {
        alias: field
        for field in apps.get_model(target)._meta.get_fields()
        if isinstance(field, models.Field)
        for alias in (field.name, field.attname)
    }
    base, _underscore, code = name.rpartition("_")
    found = names.get(base if code in ("fi", "sv", "en") and base in names else name)
    return capfirst(str(found.verbose_name)) if found is not None else ""
