"""Editing what somebody else may be editing too.

A form carries the moment at which its record was last saved. When the record has moved meanwhile, nothing is saved: the
page shows the other's version beside what was typed, and the form, now of the new version, keeps what was typed. When
the record is gone, the page says so and shows what was typed, to be copied elsewhere.
"""

from collections.abc import Iterable
from copy import deepcopy
from datetime import date, datetime
from typing import Any, ClassVar, TypedDict, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from yhdys.audit.models import Entry
from yhdys.core.keeping import locked_if_there
from yhdys.web.dates import moment, short_day
from yhdys.web.forms import RichText, dress, dress_rich_texts
from yhdys.web.requests import UserRequest
from yhdys.web.rich import lines_of
from yhdys.web.workspace.base import FormPage, RecordFormPage

VERSION = "version"
"""The hidden field's name."""


class Change(TypedDict):
    """One field in which the two versions differ."""

    label: str
    theirs: str
    mine: str


class Typed(TypedDict):
    """One field of a form whose record is gone."""

    label: str
    value: str


def version_of(record: Any) -> str:
    """The moment of the record's last saving, to the microsecond."""
    return str(record.updated_at.isoformat())


def shown(field: forms.Field, value: Any) -> str:
    """A field's value as a person reads it."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(field.widget, RichText):
        return lines_of(str(value))
    if isinstance(field, forms.ModelMultipleChoiceField):
        known = _choices(field)
        records = value if isinstance(value, models.QuerySet) else known.filter(pk__in=_keys(value))
        return ", ".join(sorted(str(record) for record in records))
    if isinstance(field, forms.ModelChoiceField):
        record = _choices(field).filter(pk=value).first()
        return str(record) if record is not None else ""
    if isinstance(field, forms.ChoiceField):
        words: dict[Any, Any] = dict(cast(Iterable[tuple[Any, Any]], field.choices))
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(words.get(one, one)) for one in chosen)
    return str(value)


def typed_into(form_class: type[forms.BaseForm], request: HttpRequest) -> list[Typed]:
    """What was sent into a form, as a person reads it: all of its fields that were not left empty, files apart."""
    typed: list[Typed] = []
    fields: dict[str, forms.Field] = deepcopy(form_class.base_fields)  # type: ignore[attr-defined]  # a form class has them
    if issubclass(form_class, forms.ModelForm):
        dress_rich_texts(fields, form_class._meta.model)
    for name, field in fields.items():
        dress(field)
        value = field.widget.value_from_datadict(request.POST, request.FILES, name)
        if value and not isinstance(value, UploadedFile):
            typed.append({"label": str(field.label or name), "value": shown(field, value)})
    return typed


def _choices(field: "forms.ModelChoiceField[Any]") -> models.QuerySet[Any]:
    assert field.queryset is not None
    return field.queryset


def _keys(values: Iterable[Any]) -> list[Any]:
    return [value.pk if isinstance(value, models.Model) else value for value in values]


class VersionedPage(FormPage):
    """GET, POST: a form about a record that never overwrites what somebody else saved meanwhile.

    409 with both versions when the record has moved, or when the form does not say of which version it is; 410 with
    what was typed when the record has been removed. For plain forms; ``VersionedFormPage`` is the one for model forms.
    """

    gone_template_name: ClassVar[str] = "workspace/parts/gone.html"

    def versioned(self) -> Any:
        """The record whose version counts."""
        return self.record  # type: ignore[attr-defined]  # a RecordMixin's

    def form_of(self, record: Any) -> forms.BaseForm:
        """The form as it shows ``record``, unbound."""
        raise NotImplementedError

    def above(self) -> models.Model | None:
        """What the action locks first, where that is another record: two who save never wait for each other."""
        return None

    def trail_of(self, current: Any) -> models.Model:
        """The record whose history tells who saved last."""
        return cast(models.Model, current)

    def make_form(self) -> Any:
        form = super().make_form()
        initial = version_of(self.versioned())
        form.fields[VERSION] = forms.CharField(widget=forms.HiddenInput, required=False, initial=initial)
        return form

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            current: Any = None
            for record in filter(None, (self.above(), self.versioned())):
                current = locked_if_there(record)
                if current is None:
                    raise Http404
            if self.form.is_valid() and self.form.cleaned_data.pop(VERSION, "") != version_of(current):
                return self.conflict(current)
            return super().post(request, *args, **kwargs)

    def conflict(self, current: Any) -> HttpResponseBase:
        """Both versions beside each other, and the form as it was typed, now against the new version."""
        theirs = self.form_of(current)
        changes: list[Change] = []
        for name, field in theirs.fields.items():
            kept = shown(field, theirs.get_initial_for_field(field, name))
            mine = shown(field, self.form.cleaned_data.get(name))
            if kept != mine:
                changes.append({"label": str(field.label), "theirs": kept, "mine": mine})
        data = self.form.data.copy()
        data[VERSION] = version_of(current)
        self.form.data = data
        entry = Entry.objects.about(self.trail_of(current)).first()
        told = {"by": entry.actor_name if entry is not None else "", "at": current.updated_at, "changes": changes}
        return self.render(status=409, conflict=told)

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super()._answer(request, *args, **kwargs)
        except Http404:
            if request.method != "POST" or not self._was_removed():
                raise
            return self.gone()

    def _was_removed(self) -> bool:
        return Entry.objects.tells_removal(self.model, self.kwargs.get("pk"))  # type: ignore[attr-defined]  # a RecordMixin's

    def gone(self) -> HttpResponseBase:
        """The record was removed while the form was open: what was typed is shown, to be copied elsewhere."""
        return render(
            self.request, self.gone_template_name, {"typed": typed_into(self.form_class, self.request)}, status=410
        )


class VersionedFormPage(VersionedPage, RecordFormPage):
    """The same for a model form."""

    form_class: ClassVar[type[forms.ModelForm]]  # type: ignore[type-arg]  # generic in the stubs only

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"instance": self.record}

    def form_of(self, record: Any) -> forms.BaseForm:
        return self.form_class(instance=record)
