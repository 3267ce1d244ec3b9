"""The audit trail of a record, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yhdys.audit.models import Entry
from yhdys.councils.enums import Role
from yhdys.organisations.enums import ConsentField
from yhdys.web.dates import short_day

MOST = 50
"""How many lines a page shows: the newest."""

WORDS: dict[str, str | Promise] = {
    "added": pgettext_lazy("audit", "Added"),
    "changed": pgettext_lazy("audit", "Changed"),
    "removed": pgettext_lazy("audit", "Removed"),
    "created": pgettext_lazy("audit", "Founded"),
    "closed": pgettext_lazy("audit", "Marked as ended"),
    "ended": pgettext_lazy("audit", "Ended"),
    "planned": pgettext_lazy("audit", "Planned"),
    "started": pgettext_lazy("audit", "Started"),
    "continued": pgettext_lazy("audit", "Continued"),
    "review_begun": pgettext_lazy("audit", "Taken under review"),
    "constituted": pgettext_lazy("audit", "Constitutive meeting noted"),
    "appointed": pgettext_lazy("audit", "Appointed"),
    "handed_over": pgettext_lazy("audit", "Seat passed to a successor"),
    "host_changed": pgettext_lazy("audit", "Host changed"),
    "mandates_reordered": pgettext_lazy("audit", "Put in a new order"),
    "member_appointed": pgettext_lazy("audit", "Member appointed"),
    "member_ended": pgettext_lazy("audit", "Membership ended"),
    "record_added": pgettext_lazy("audit", "Record added"),
    "record_changed": pgettext_lazy("audit", "Record changed"),
    "record_removed": pgettext_lazy("audit", "Record removed"),
    "seat_removed": pgettext_lazy("audit", "Seat removed"),
    "seats_copied": pgettext_lazy("audit", "Seats copied from the earlier term"),
    "consent_given": pgettext_lazy("audit", "Consent to publishing given"),
    "consent_withdrawn": pgettext_lazy("audit", "Consent to publishing withdrawn"),
    "user_linked": pgettext_lazy("audit", "Linked to a user account"),
    "written": pgettext_lazy("audit", "Written"),
    "published": pgettext_lazy("audit", "Published"),
    "scheduled": pgettext_lazy("audit", "Set to come out by itself"),
    "unscheduled": pgettext_lazy("audit", "No longer set to come out by itself"),
    "withdrawn": pgettext_lazy("audit", "Withdrawn from the public"),
    "image_changed": pgettext_lazy("audit", "Image changed"),
    "noted_elsewhere": pgettext_lazy("audit", "Noted where else it appeared"),
    "forgot_elsewhere": pgettext_lazy("audit", "Took off where else it appeared"),
    "user_unlinked": pgettext_lazy("audit", "Link to a user account removed"),
}


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
        what=str(WORDS.get(entry.verb, entry.verb)),
        who=entry.actor_name or _("The system"),
        more=" · ".join(_details(entry)),
    )


def _details(entry: Entry) -> Iterable[str]:
    details = entry.details
    if fields := details.get("fields"):
        yield ", ".join(dict.fromkeys(_field(entry.target_type, name) for name in fields))
    if role := details.get("role"):
        yield str(Role(role).label) if role in Role else str(role)
    if field := details.get("field"):
        yield str(ConsentField(field).label) if field in ConsentField else str(field)
    for key in ("name", "host", "to", "reason", "url"):
        if value := details.get(key):
            yield str(value)
    for key in ("on", "start", "end"):
        if value := details.get(key):
            yield short_day(date.fromisoformat(str(value)[:10]))
    if count := details.get("count"):
        yield str(count)


def _field(target: str, name: str) -> str:
    """A column's name as forms say it: ``purpose_sv`` is *Purpose*."""
    names = {
        alias: field
        for field in apps.get_model(target)._meta.get_fields()
        if isinstance(field, models.Field)
        for alias in (field.name, field.attname)
    }
    base, _underscore, code = name.rpartition("_")
    found = names.get(base if code in ("fi", "sv", "en") and base in names else name)
    return capfirst(str(found.verbose_name)) if found is not None else name
