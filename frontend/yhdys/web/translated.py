"""Forms of records whose texts are written in several languages."""

from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yhdys.web.forms import ModelForm

NAMES = {
    "fi": pgettext_lazy("language of a text", "in Finnish"),
    "sv": pgettext_lazy("language of a text", "in Swedish"),
    "en": pgettext_lazy("language of a text", "in English"),
}


class TranslatedForm(ModelForm):
    """A form of a model with translated texts: each field says its language, Swedish and English may stay empty.

    What the table's own constraints refuse is said by the action, in plain words.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            base, _underscore, code = name.rpartition("_")
            if code in NAMES and self._is_translated(base):
                verbose = self._meta.model._meta.get_field(base).verbose_name
                field.label = _("{text}, {language}").format(text=capfirst(str(verbose)), language=NAMES[code])
                if code != "fi":
                    field.required = False

    def _is_translated(self, base: str) -> bool:
        return any(
            isinstance(field, models.Field) and field.name == f"{base}_fi"
            for field in self._meta.model._meta.get_fields()
        )

    def validate_constraints(self) -> None:
        """Left to the action."""

    def validate_unique(self) -> None:
        """Left to the action."""
