"""What a record was, and who changed it when. The number of queries depends on the kind of record, never on its age."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from yhdys.audit.models import Entry, Past
from yhdys.audit.tracking import past_of, past_of_links, tracked_columns

MOST = 50
"""How many happenings a history tells: the newest."""
MOST_OF_PARTS = 200
_NOTHING: tuple[Any, ...] = (None, "", [])

type Transaction = tuple[int, datetime]
"""A transaction's number and moment: what was changed in it, and who says so, bear both."""


@dataclass(frozen=True)
class Part:
    """Rows that belong to a record and are told in its history."""

    model: type[models.Model]
    to: str
    """The foreign key to the record, or to the rows of ``above``."""
    above: "Part | None" = None
    called_by: tuple[str, ...] = ()
    """The columns that name such a row: the first that is not empty does."""


@dataclass(frozen=True)
class Change:
    """One row before and after one transaction."""

    model: type[models.Model]
    pk: UUID
    version: UUID
    """The past row's key."""
    before: Mapping[str, Any]
    after: Mapping[str, Any] | None
    """None when the row was deleted."""
    is_erased: bool
    """Whether personal data of what was before has been blanked."""
    part: Part | None = None
    """None when the row is the record itself."""

    @property
    def columns(self) -> list[str]:
        """Names of what differs, in the order of the table. A text that is empty differs from none in nothing."""
        if self.after is None:
            return []
        return [name for name, value in self.before.items() if differs(value, self.after[name])]

    @property
    def name_column(self) -> str | None:
        """The column that names the row of a part; None where none does."""
        wanted = self.part.called_by if self.part is not None else ()
        return next((name for name in wanted if self.before[name]), None)


@dataclass(frozen=True)
class Linked:
    """What a many-to-many field of the record gained and lost in one transaction, by keys."""

    field: str
    added: Sequence[Any]
    removed: Sequence[Any]


@dataclass
class Happening:
    """What somebody did to a record at one time."""

    at: datetime
    actor_name: str
    """Empty for the system."""
    entry: Entry | None
    """What the audit trail says of this record; None where only the past shows that something changed."""
    changes: list[Change] = field(default_factory=list)
    links: list[Linked] = field(default_factory=list)


def differs(one: Any, other: Any) -> bool:
    """Whether two values of a column differ for a person: no text and an empty one are the same."""
    return bool(one != other and not (one in _NOTHING and other in _NOTHING))


def history_of(record: models.Model, parts: Iterable[Part] = ()) -> list[Happening]:
    """What happened to a record and to its parts, the newest first."""
    entries = list(Entry.objects.about(record)[:MOST])
    told: dict[Transaction, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.transaction is not None and entry.moment is not None:
            told[entry.transaction, entry.moment].append(entry)
    changes: dict[Transaction, list[Change]] = defaultdict(list)
    for transaction, change in _changes(record, parts, [number for number, _moment in told]):
        changes[transaction].append(change)
    links = _links(record)
    happenings = {entry.pk: Happening(entry.at, entry.actor_name, entry) for entry in entries}
    alone = (set(changes) | set(links)) - set(told)
    others = _entries_of(alone)
    found = list(happenings.values())
    for transaction in sorted(alone, key=lambda one: one[1]):
        other = others.get(transaction)
        found.append(
            Happening(
                at=other.at if other is not None else transaction[1],
                actor_name=other.actor_name if other is not None else "",
                entry=None,
                changes=changes[transaction],
                links=links.get(transaction, []),
            )
        )
    for transaction, about in told.items():
        # What names its fields tells of the change; else what was noted first.
        home = happenings[next((one for one in about if one.details.get("fields")), about[-1]).pk]
        home.changes, home.links = changes.get(transaction, []), links.get(transaction, [])
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def past_version(record: models.Model, version: UUID) -> Past | None:
    """What the record was until a change; None for a key that is no version of it."""
    return past_of(type(record)).objects.filter(pgh_obj_id=record.pk, pk=version, pgh_label="update").first()


def names_of(happenings: Iterable[Happening], record: models.Model) -> dict[tuple[type[models.Model], Any], str]:
    """The names of everything that the changes point to, by model and key: a query for each kind of thing."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for happening in happenings:
        for change in happening.changes:
            for name in filter(None, {*change.columns, change.name_column}):
                if (to := pointed_to(change.model, name)) is not None:
                    wanted[to] |= {row[name] for row in (change.before, change.after) if row is not None} - {None}
        for link in happening.links:
            if (to := pointed_to(type(record), link.field)) is not None:
                wanted[to] |= {*link.added, *link.removed}
    return {(model, thing.pk): str(thing) for model, keys in wanted.items() for thing in _things(model, keys)}


def _things(model: type[models.Model], keys: Collection[Any]) -> Iterable[models.Model]:
    """With everything that a record's own name may be made of at hand."""
    near = [one.name for one in model._meta.fields if one.is_relation and not one.null]
    things = model._base_manager.filter(pk__in=keys)
    return things.select_related(*near) if near else things


def pointed_to(model: type[models.Model], name: str) -> type[models.Model] | None:
    """The kind of thing that a column holds the key of; None for any other column."""
    to = model._meta.get_field(name).related_model
    return to if isinstance(to, type) else None


def _changes(
    record: models.Model, parts: Iterable[Part], numbers: Collection[int]
) -> Iterator[tuple[Transaction, Change]]:
    """The changes of the record and of its parts, the newest of each kind first."""
    model = type(record)
    own = past_of(model).objects.filter(pgh_obj_id=record.pk)
    yield from _steps(model, _rows(model, pk=record.pk), own)
    keys: dict[Part | None, set[Any]] = {None: {record.pk}}
    for part in parts:
        rows = _rows(part.model, **{f"{part.to}__in": keys[part.above]})
        past = past_of(part.model).objects.filter(
            Q(pgh_obj_id__in=rows) | Q(pgh_transaction__in=numbers, **{f"{part.to}__in": keys[part.above]})
        )
        steps = list(_steps(part.model, rows, past, part))
        keys[part] = {*rows, *(change.pk for _transaction, change in steps)}
        yield from steps


def _rows(model: type[models.Model], **where: Any) -> dict[Any, dict[str, Any]]:
    """The rows as they are now, by key."""
    rows = model._base_manager.filter(**where).values("pk", *tracked_columns(model))
    return {row.pop("pk"): row for row in rows}


def _steps(
    model: type[models.Model], rows: Mapping[Any, Any], pasts: "models.QuerySet[Past]", part: Part | None = None
) -> Iterator[tuple[Transaction, Change]]:
    """Each past row with what came after it: the next past row, or what is there now."""
    names = tracked_columns(model)
    later, most = dict(rows), MOST if part is None else MOST_OF_PARTS
    about = ("pgh_id", "pgh_obj_id", "pgh_label", "pgh_transaction", "pgh_created_at", "pgh_erased_at")
    for past in pasts.order_by("-pgh_id").values(*about, *names)[:most]:
        before = {name: past[name] for name in names}
        after = later.get(past["pgh_obj_id"]) if past["pgh_label"] == "update" else None
        later[past["pgh_obj_id"]] = before
        erased = past["pgh_erased_at"] is not None
        change = Change(model, past["pgh_obj_id"], past["pgh_id"], before, after, erased, part)
        yield (past["pgh_transaction"], past["pgh_created_at"]), change


def _links(record: models.Model) -> dict[Transaction, list[Linked]]:
    """What the record's many-to-many fields gained and lost. What goes and comes back at once is no change."""
    found: dict[Transaction, list[Linked]] = defaultdict(list)
    for relation in type(record)._meta.local_many_to_many:
        far = relation.m2m_reverse_field_name()
        gained: dict[Transaction, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
        pasts = past_of_links(type(record), relation.name).objects.filter(pgh_obj_id=record.pk).order_by("-pgh_id")
        rows = pasts.values_list("pgh_transaction", "pgh_created_at", "pgh_label", far)
        for number, moment, label, key in rows[:MOST_OF_PARTS]:
            added, removed = gained[number, moment]
            (added if label == "insert" else removed).append(key)
        for transaction, (added, removed) in gained.items():
            both = {*added} & {*removed}
            link = Linked(relation.name, *([key for key in keys if key not in both] for keys in (added, removed)))
            if link.added or link.removed:
                found[transaction].append(link)
    return dict(found)


def _entries_of(transactions: Collection[Transaction]) -> dict[Transaction, Entry]:
    """Of transactions in which nothing was said of the record itself: what was said first."""
    if not transactions:
        return {}
    numbers = {number for number, _moment in transactions}
    entries = Entry.objects.filter(transaction__in=numbers).order_by("-at", "-id")
    return {(one.transaction, one.moment): one for one in entries if one.transaction and one.moment}
