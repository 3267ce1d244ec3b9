"""What every action that saves a record needs: a lock, a check, a free name in addresses, the list of changes."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from yhdys.core.errors import ActionRefused
from yhdys.core.text import address_of


def locked[M: models.Model](record: M) -> M:
    """The record as it is now, locked until the transaction ends. Raises ActionRefused when it is gone."""
    found = locked_if_there(record)
    if found is None:
        raise ActionRefused(_("“{name}” has been removed in the meantime.").format(name=record))
    return found


def locked_if_there[M: models.Model](record: M) -> M | None:
    """The same; None when it is gone."""
    # Not type(record): the user of a request is a lazy stand-in for one.
    found: M | None = record.__class__._default_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    return found


def refuse_invalid(
    record: models.Model,
    sentences: Mapping[str, str | Promise] | None = None,
    *,
    exclude: Collection[str] = (),
) -> None:
    """Raise ActionRefused with a sentence that tells what to mend unless the record may be saved as it is.

    ``sentences`` says in plain words what a constraint of the table means, by its name; ``exclude`` names fields that
    are not filled in yet, or that the caller has checked. Checked in the main language of contents, whatever the
    language of the page: Finnish texts are the required ones.
    """
    language = get_language()
    try:
        with override("fi"):
            record.clean_fields(exclude=exclude)
            with override(language):
                record.clean()
                record.validate_unique(exclude=exclude)
    except ValidationError as error:
        raise ActionRefused(_said(record, error)) from error
    for constraint in record._meta.constraints:
        try:
            constraint.validate(type(record), record, exclude=set(exclude))
        except ValidationError as error:
            known = (sentences or {}).get(constraint.name)
            if known is None and constraint.name.endswith("_dates"):
                known = _("The end cannot be before the beginning. Check the dates.")
            raise ActionRefused(known or " ".join(error.messages)) from error


def _said(record: models.Model, error: ValidationError) -> str:
    """Each field's mistake with the field's name, in one text."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    said = []
    for name, messages in error.message_dict.items():
        field = record._meta.get_field(name) if name != NON_FIELD_ERRORS else None
        label = f"{capfirst(str(field.verbose_name))}: " if isinstance(field, models.Field) else ""
        said += [f"{label}{message}" for message in messages]
    return " ".join(dict.fromkeys(said))


def free_slug(model: type[models.Model], text: str, *, besides: Any = None) -> str:
    """A name for addresses made from ``text`` that no other row of the model has; ``besides`` is the row itself.

    >>> address_of("Äänekosken Öljylamppu ry")
    'aanekosken-oljylamppu-ry'
    """
    field = model._meta.get_field("slug")
    most = (field.max_length if isinstance(field, models.SlugField) else None) or 50
    base = address_of(text)[: most - 4].strip("-") or model._meta.model_name or "record"
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
    columns = {field.name: field.attname for field in record._meta.concrete_fields}
    # A translated text is told by its languages; the bare name only points to one of them.
    names = [
        column
        for name, column in columns.items()
        if name not in ("created_at", "updated_at") and f"{name}_fi" not in columns
    ]
    if kept is None:
        return sorted(names)
    return sorted(name for name in names if getattr(kept, name) != getattr(record, name))
