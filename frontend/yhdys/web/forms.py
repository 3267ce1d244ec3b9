"""Forms that look and behave like the rest: Django's own fields in the components' dress.

``FORM_RENDERER`` names :class:`Renderer`, so every form of the project, the sign-in library's too, comes out as our
components. A page shows one with ``<c-form :form="form" />`` or field by field with ``<c-field :field="form.name" />``.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import Model
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Script
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from yhdys.core.fields import RichTextField as RichTextColumn
from yhdys.core.text import clean_html
from yhdys.web.dates import clock_time, local

_MARKUP = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
_MISSING = "?"
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HOUR = re.compile(r"\d{1,2}")


class Renderer(TemplatesSetting):
    """Renders a form and its fields with the project's components."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"


class DateInput(forms.DateInput):
    """A day as people write it here, 27.11.2026, whatever language the browser speaks; a script offers a calendar.

    A text field keeps a day that does not exist as it was typed, which the browser's own date field would throw away.
    """

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            value = local(value)
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, date) else value


class TimeInput(forms.TimeInput):
    """A time of day, 14.00."""

    def format_value(self, value: Any) -> str | None:
        return clock_time(value) if isinstance(value, time | datetime) else value


class DateTimeInput(forms.MultiWidget):
    """A day and a time of day (Europe/Helsinki) side by side, for an ordinary ``DateTimeField``."""

    template_name = "django/forms/widgets/day_and_time.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"day": DateInput(), "time": TimeInput()}, dict(attrs or {}))

    def decompress(self, value: datetime | date | str | None) -> list[Any]:
        if not value:
            return [None, None]
        if isinstance(value, str):
            return ["" if part == _MISSING else part for part in value.split(" ", 1)]
        if isinstance(value, datetime):
            wall = local(value) if timezone.is_aware(value) else value
            assert isinstance(wall, datetime)
            return [wall.date(), wall.time()]
        return [value, None]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        day, clock = (str(part or "").strip() for part in super().value_from_datadict(data, files, name))
        if iso := _ISO_DAY.fullmatch(day):
            day = f"{iso[3]}.{iso[2]}.{iso[1]}"
        if not (day or clock):
            return ""
        if _HOUR.fullmatch(clock):
            clock = f"{clock}.00"
        # Django would take a day alone for its midnight; one without the other is a mistake.
        return f"{day or _MISSING} {clock.replace(':', '.') or _MISSING}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part in context["widget"]["subwidgets"]:
            part["attrs"].pop("aria-describedby", None)  # The fieldset around the two carries it.
        return context


class RichText(forms.Textarea):
    """A text with headings, lists and links. Without a script a text area, whose empty lines part paragraphs."""

    template_name = "django/forms/widgets/rich_text.html"

    class Media:
        js = (Script("web/editor.js", type="module"),)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        if isinstance(value, str) and value.strip() and not _MARKUP.search(value):
            return linebreaks(value, autoescape=True)
        return value


class RichTextField(forms.CharField):
    """Rich text that people write, reduced to what a page may show."""

    widget = RichText

    def clean(self, value: Any) -> str:
        return clean_html(super().clean(value))


class FileField(forms.FileField):
    """An upload of known kinds and size, told by its first bytes as well as by its name.

    ``kinds`` maps a file name's ending to the bytes such a file begins with; ``most`` is in bytes.
    """

    KINDS: Mapping[str, bytes] = {
        "pdf": b"%PDF-",
        "docx": b"PK\x03\x04",
        "xlsx": b"PK\x03\x04",
        "odt": b"PK\x03\x04",
        "png": b"\x89PNG",
        "jpg": b"\xff\xd8\xff",
        "jpeg": b"\xff\xd8\xff",
    }
    default_error_messages = {
        "wrong_kind": _("The file must be one of these: %(kinds)s."),
        "wrong_content": _("The file’s name ends in .%(kind)s but its content is something else."),
        "too_large": _("The file is too large: at most %(most)d MB."),
    }

    def __init__(self, *, kinds: tuple[str, ...] = ("pdf",), most: int = 10 * 1024 * 1024, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds, self.most = kinds, most
        self.widget.attrs.setdefault("accept", ",".join(f".{kind}" for kind in kinds))

    def to_python(self, data: "File[Any] | None") -> "File[Any] | None":
        file = super().to_python(data)
        if file is None:
            return None
        kind = (file.name or "").rpartition(".")[2].lower()
        if kind not in self.kinds:
            raise ValidationError(
                self.error_messages["wrong_kind"], "wrong_kind", {"kinds": ", ".join(f".{kind}" for kind in self.kinds)}
            )
        if (file.size or 0) > self.most:
            raise ValidationError(self.error_messages["too_large"], "too_large", {"most": self.most // (1024 * 1024)})
        first = file.read(8)
        file.seek(0)
        if not first.startswith(self.KINDS[kind]):
            raise ValidationError(self.error_messages["wrong_content"], "wrong_content", {"kind": kind})
        return file


class Dressed:
    """Mixin of a form: browser's date and time fields, no colon after labels, *optional* said where a field is."""

    marks_optional = True
    """Whether a field that may be left empty says so. A filter, where all may be, sets this False."""
    label_suffix: str
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


_WHEN: Mapping[type[forms.Field], Any] = {
    forms.DateField: _("Write the day as 27.11.2026. It must be in the calendar."),
    forms.DateTimeField: _("Write the day as 27.11.2026 and the time as 14.00. Both are needed."),
    forms.TimeField: _("Write the time as 14.00."),
}
"""What is said of a day or a time that cannot be read, instead of Django's words, which show no example."""


_MISSED: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.DateField, _("Write the day, for example 27.11.2026.")),
    (forms.DateTimeField, _("Write the day as 27.11.2026 and the time as 14.00. Both are needed.")),
    (forms.TimeField, _("Write the time as 14.00.")),
    (forms.FileField, _("Choose a file.")),
    (forms.BooleanField, _("Tick the box to go on.")),
    (forms.MultipleChoiceField, _("Choose at least one.")),
    (forms.ModelMultipleChoiceField, _("Choose at least one.")),
    (forms.ChoiceField, _("Choose one.")),
    (forms.ModelChoiceField, _("Choose one.")),
    (forms.EmailField, _("Write an e-mail address.")),
)
"""What is said of a field that was left empty, the first kind that fits; ``_MISSED_ANY`` of all others."""
_MISSED_ANY = _("Fill this in.")


_UNREADABLE: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.EmailField, _("Write an e-mail address like name@example.org.")),
    (forms.URLField, _("Write a web address like https://www.example.org/.")),
)
"""What is said of an address that is none, with an example instead of Django's "valid"."""
_TOO_LONG = _("Shorten the text: at most %(limit_value)d characters, now %(show_value)d.")


def missed(field: forms.Field) -> Any:
    """What to do with a field that was left empty and may not be."""
    return next((words for kind, words in _MISSED if isinstance(field, kind)), _MISSED_ANY)


def reword(field: forms.Field) -> None:
    """Let a field say in our words what to do about a mistake; what the form says itself stays."""
    if type(field) in _WHEN:
        field.error_messages["invalid"] = _WHEN[type(field)]
    for kind, words in _UNREADABLE:
        if isinstance(field, kind) and field.error_messages.get("invalid") == kind.default_error_messages.get(
            "invalid"
        ):
            field.error_messages["invalid"] = words
    if isinstance(field, forms.CharField):
        field.error_messages.setdefault("max_length", _TOO_LONG)
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = missed(field)


def dress(field: forms.Field) -> None:
    """Give Django's stock date and time widgets ours in exchange; a widget that the form chose stays."""
    exchange: dict[type[forms.Widget], type[forms.Widget]] = {
        forms.DateInput: DateInput,
        forms.TimeInput: TimeInput,
        forms.DateTimeInput: DateTimeInput,
    }
    stock = field.widget
    if isinstance(stock, forms.RadioSelect) and field.required and type(field) is forms.TypedChoiceField:
        field.choices = [(value, label) for value, label in stock.choices if value not in ("", None)]
    reword(field)
    if ours := exchange.get(type(stock)):
        field.widget = ours(attrs=stock.attrs)
        field.widget.is_required = stock.is_required


def dress_rich_texts(fields: Mapping[str, forms.Field], model: type[Model]) -> None:
    """Give the rich texts of a model their editor."""
    for column in model._meta.get_fields():
        field = fields.get(column.name)
        if isinstance(column, RichTextColumn) and field is not None and type(field.widget) is forms.Textarea:
            field.widget = RichText(attrs=field.widget.attrs)
            field.widget.is_required = field.required


class Form(Dressed, forms.Form):
    """A plain form in the project's dress."""


class ModelForm(Dressed, forms.ModelForm):  # type: ignore[type-arg]  # the form that subclasses this names its model
    """A form of a model in the project's dress. A model's rich texts get their editor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_rich_texts(self.fields, self._meta.model)


class FilterForm(Form):
    """The choices above a list, sent by GET. Nothing is required and nothing says so."""

    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @property
    def is_narrowing(self) -> bool:
        """Whether anything has been chosen."""
        return self.is_bound and any(self.data.get(self.add_prefix(name)) for name in self.fields)
