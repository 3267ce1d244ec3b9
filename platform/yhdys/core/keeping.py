"""What every action that saves a record needs: a checked record, a free name in addresses, the list of changes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import override

from yhdys.core.errors import ActionRefused


def refuse_invalid(record: models.Model, *, exclude: tuple[str, ...] = ()) -> None:
    """Raise ActionRefused with the fields' own sentences unless the record may be saved as it is.

    Checked in the main language of contents, whatever the language of the page: Finnish texts are the required ones.
    """
    try:
        with override("fi"):
            record.full_clean(exclude=exclude)
    except ValidationError as error:
        raise ActionRefused(" ".join(dict.fromkeys(error.messages))) from error


def free_slug(model: type[models.Model], text: str, *, besides: Any = None) -> str:
    """A name for addresses made from ``text`` that no other row of the model has; ``besides`` is the row itself.

    >>> slugify("Äänekosken Öljylamppu ry")
    'aanekosken-oljylamppu-ry'
    """
    field = model._meta.get_field("slug")
    most = (field.max_length if isinstance(field, models.SlugField) else None) or 50
    base = slugify(text)[: most - 4].strip("-") or model._meta.model_name or "record"
    others = model._base_manager.filter(slug__startswith=base).exclude(pk=besides)
    taken = set(others.values_list("slug", flat=True))
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def changed_fields(record: models.Model) -> list[str]:
    """The columns in which ``record`` differs from its row, sorted; every column for one that has no row yet.

    Names only: an audit row says what was changed, and leaves the values to the record itself.
    """
    kept = type(record)._base_manager.filter(pk=record.pk).first()
    names = [field.attname for field in record._meta.concrete_fields if field.name not in ("created_at", "updated_at")]
    if kept is None:
        return sorted(names)
    return sorted(name for name in names if getattr(kept, name) != getattr(record, name))
