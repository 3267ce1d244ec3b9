"""Loading of reference data: CSV files beside the code, whose columns are named as the model's fields."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Self

from django.db import models, router, transaction

from yhdys.core.names import Named

type AnyField = models.Field[Any, Any]


@dataclass(frozen=True)
class Loaded:
    """How many rows a load wrote; both 0 when the table already said the same."""

    created: int
    updated: int

    def __add__(self, other: Self) -> Self:
        return type(self)(self.created + other.created, self.updated + other.updated)


def load_csv(model: type[Named], package: str, path: str, *, using: str | None = None) -> Loaded:
    """Bring the model's table to what the CSV file says, writing only the rows that differ.

    The model's primary key is the file's natural key. A foreign key's column holds the key of the other row. Rows
    that the file does not have stay: what other rows point to is closed by a date, never deleted.

    Raises ``ValidationError`` with the field's sentence when a cell cannot be read, ``FieldDoesNotExist`` for a
    column that the model does not have.
    """
    using = using or router.db_for_write(model)
    text = files(package).joinpath(path).read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines())
    columns = [model._meta.get_field(name) for name in reader.fieldnames or ()]
    fields = [column for column in columns if isinstance(column, models.Field)]
    rows = [model(**{field.attname: _value(field, row[field.name]) for field in fields}) for row in reader]
    fields.append(model._meta.get_field("sort_key"))
    for row in rows:
        row.set_sort_key()

    with transaction.atomic(using=using):
        known = model._base_manager.using(using).in_bulk()
        new = [row for row in rows if row.pk not in known]
        changed = [row for row in rows if row.pk in known and _differs(row, known[row.pk], fields)]
        model._base_manager.using(using).bulk_create(new)
        others = [field.name for field in fields if not field.primary_key]
        model._base_manager.using(using).bulk_update(changed, others, batch_size=500)
    return Loaded(created=len(new), updated=len(changed))


def _value(field: AnyField, cell: str) -> object:
    if cell == "" and field.null:
        return None
    return field.to_python(cell)


def _differs(row: models.Model, known: models.Model, fields: list[AnyField]) -> bool:
    return any(getattr(row, field.attname) != getattr(known, field.attname) for field in fields)
