"""Columns with habits of their own."""

from typing import Any

from django.db import models

from yhdys.core.text import clean_html


class RichTextField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """Rich text that people write: whatever door it comes by, it is cleaned on its way into the database.

    Migrations know it as a plain text column, for the cleaning is no part of the schema.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        return clean_html(value) if isinstance(value, str) and value else value

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
