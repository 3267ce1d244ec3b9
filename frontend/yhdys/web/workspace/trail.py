"""The history of a record in words: who did what when, and what each thing was before and after."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from yhdys.audit.models import Entry
from yhdys.audit.queries import Change, Happening, Linked, history_of, names_of, pointed_to
from yhdys.audit.words import label_of, sentence_of
from yhdys.core import access, clock
from yhdys.core.fields import RichTextField
from yhdys.web.dates import moment, short_day
from yhdys.web.rich import lines_of
from yhdys.web.translated import NAMES
from yhdys.web.workspace.parts import PARTS, RESTORABLE

LONG = 80
"""Signs above which a text is shown by its changed words instead of whole, before and after."""
AROUND = 6
"""How many words that stayed are shown on each side of the changed ones."""
NOT_SHOWN = frozenset({"image_width", "image_height", "size", "mimetype", "slug"})
"""Columns that say nothing to a person, or follow from others."""

type Names = Mapping[tuple[type[models.Model], Any], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: ``same``, ``was``, ``new``, or ``gap`` for words that stayed and are left out."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, before and after; of a long text its ``pieces``."""

    label: str
    was: str
    now: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in the record, or in one row of a part, which then has a ``name``."""

    name: str
    differences: list[Difference]
    is_removed: bool
    restore: str
    """Where one may put back what was before; empty where nobody may, or nothing can be."""


@dataclass(frozen=True, slots=True)
class Line:
    """One happening as the page shows it."""

    at: datetime
    what: str
    who: str
    more: str
    changed: list[Changed]


def trail_of(record: models.Model, user: Any, *, values: bool) -> list[Line]:
    """The newest happenings of a record. ``values`` adds what was before and after: for those who may change it."""
    if not values:
        return [_line(one, []) for one in history_of(record)]
    happenings = history_of(record, PARTS.get(type(record), ()))
    names = names_of(happenings, record)
    kinds = {type(record), *(change.model for one in happenings for change in one.changes)} & set(RESTORABLE)
    mended = {kind for kind in kinds if access.allowed(user, RESTORABLE[kind].permission, record)}
    gone = {change.pk for one in happenings for change in one.changes if change.after is None}
    return [_line(one, list(_changed(one, type(record), names, mended, gone))) for one in happenings]


def _line(happening: Happening, changed: list[Changed]) -> Line:
    entry = happening.entry
    return Line(
        at=happening.at,
        what=sentence_of(entry) if entry is not None else _("Changed"),
        who=happening.actor_name or _("The system"),
        more=" · ".join(_details(entry, with_fields=not changed)) if entry is not None else "",
        changed=changed,
    )


def _details(entry: Entry, *, with_fields: bool) -> Iterable[str]:
    details = entry.details
    columns = [_field(entry.target_type, name) for name in details.get("fields", ())] if with_fields else []
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
    found = names.get(base if code in NAMES and base in names else name)
    return capfirst(str(found.verbose_name)) if found is not None else ""


def _changed(
    happening: Happening,
    model: type[models.Model],
    names: Names,
    mended: Collection[type[models.Model]],
    gone: Collection[UUID],
) -> Iterator[Changed]:
    own = [_linked(link, model, names) for link in happening.links]
    for change in happening.changes:
        differences = [_difference(change, name, names) for name in change.columns if name not in NOT_SHOWN]
        restore = _restore(change) if change.model in mended and change.pk not in gone else ""
        if change.part is None:
            yield Changed("", differences + own, change.after is None, restore)
            own = []
        elif differences or change.after is None:
            yield Changed(_name(change, names), differences, change.after is None, restore)
    if own:
        yield Changed("", own, False, "")


def _restore(change: Change) -> str:
    """The page that puts back what was before the change; empty where it touched nothing that can be."""
    restorable = RESTORABLE[change.model]
    if not set(change.columns) & set(restorable.columns):
        return ""
    return reverse(restorable.address, kwargs={"pk": change.pk, "version": change.version})


def _name(change: Change, names: Names) -> str:
    kind = capfirst(str(change.model._meta.verbose_name))
    column = change.name_column
    return f"{kind}: {_shown(change.model, column, change.before[column], names)}" if column is not None else kind


def _linked(link: Linked, model: type[models.Model], names: Names) -> Difference:
    field = model._meta.get_field(link.field)
    to = pointed_to(model, link.field)
    was, now = (
        ", ".join(sorted(names.get((to, key), str(key)) if to is not None else str(key) for key in keys))
        for keys in (link.removed, link.added)
    )
    return Difference(capfirst(str(getattr(field, "verbose_name", link.field))), was, now)


def _difference(change: Change, name: str, names: Names) -> Difference:
    assert change.after is not None
    label = label_of_column(change.model, name)
    was, now = (_shown(change.model, name, row[name], names) for row in (change.before, change.after))
    if change.is_erased and change.before[name] is None:
        return Difference(label, _("erased"), now)
    if was == now:
        return Difference(label, "", _("only the layout of the text"))
    if max(len(was), len(now)) <= LONG:
        return Difference(label, was, now)
    return Difference(label, was, now, tuple(pieces_of(was, now)))


def differences_between(now: models.Model, then: models.Model, names: Iterable[str]) -> list[Difference]:
    """The columns of two versions of one record, in words; ``then`` comes after ``now``."""
    model = type(now)
    columns = list(names)
    before, after = (
        {name: getattr(one, str(model._meta.get_field(name).attname)) for name in columns}  # type: ignore[union-attr]  # a column each
        for one in (now, then)
    )
    change = Change(model, now.pk, now.pk, before, after, is_erased=False)
    happening = Happening(clock.now(), "", None, [change])
    known = names_of([happening], now)
    return [_difference(change, name, known) for name in columns]


def label_of_column(model: type[models.Model], name: str) -> str:
    """A column's name as forms say it, with the language of a translated text."""
    field = model._meta.get_field(name)
    base, _underscore, code = name.rpartition("_")
    if code in NAMES and any(one.name == base for one in model._meta.get_fields()):
        verbose = getattr(model._meta.get_field(base), "verbose_name", base)
        return _("{text}, {language}").format(text=capfirst(str(verbose)), language=NAMES[code])
    return capfirst(str(getattr(field, "verbose_name", name)))


def _shown(model: type[models.Model], name: str, value: Any, names: Names) -> str:
    """A column's value as a person reads it; empty for none."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    if value in (None, "", [], {}):
        return ""
    if (to := pointed_to(model, name)) is not None:
        return names.get((to, value), _("something that is no longer here"))
    return shown_value(field, value)


def shown_value(field: "models.Field[Any, Any]", value: Any) -> str:
    """A value of a plain column as a person reads it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.choices:
        words = dict(field.flatchoices)
        return str(words.get(value, value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(field, RichTextField):
        return lines_of(str(value))
    if isinstance(field, models.FileField):
        return str(value).rpartition("/")[2]
    return str(value)


def pieces_of(was: str, now: str) -> Iterator[Piece]:
    """The changed words of a long text with few around them.

    >>> [(one.kind, one.text) for one in pieces_of("a b c", "a x c")]
    [('same', 'a'), ('was', 'b'), ('new', 'x'), ('same', 'c')]
    """
    before, after = was.split(), now.split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    steps = matcher.get_opcodes()
    for number, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind != "equal":
            if i2 > i1:
                yield Piece("was", " ".join(before[i1:i2]))
            if j2 > j1:
                yield Piece("new", " ".join(after[j1:j2]))
            continue
        head = AROUND if number > 0 else 0
        tail = AROUND if number < len(steps) - 1 else 0
        if i2 - i1 <= head + tail:
            yield Piece("same", " ".join(before[i1:i2]))
            continue
        if head:
            yield Piece("same", " ".join(before[i1 : i1 + head]))
        yield Piece("gap", "…")
        if tail:
            yield Piece("same", " ".join(before[i2 - tail : i2]))
