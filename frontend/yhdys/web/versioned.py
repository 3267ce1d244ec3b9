"""Editing what somebody else may be editing too.

A form carries the moment at which its record was last saved. When the record has moved meanwhile, nothing is saved: the
page shows the other's version beside what was typed, and the form, now of the new version, keeps what was typed. When
the record is gone, the page says so and shows what was typed, to be copied elsewhere.
"""

import html
import re
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
from yhdys.core.text import plain_text
from yhdys.web.dates import moment, short_day
from yhdys.web.forms import RichText, dress, dress_rich_texts
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import RecordFormPage

VERSION = "version"
"""The hidden field's name."""

_END_OF_LINE = re.compile(r"<br ?/?>|</(?:p|h[1-6]|li|tr|blockquote)>")
"""Where rich text begins a new line when it is read without its tags."""


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
        lines = html.unescape(plain_text(_END_OF_LINE.sub(r"\g<0>\n", str(value)))).splitlines()
        return "\n".join(line.strip() for line in lines if line.strip())
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


class VersionedFormPage(RecordFormPage):
    """GET, POST: a model form about one record that never overwrites what somebody else saved meanwhile.

    409 with both versions when the record has moved; 410 with what was typed when it has been removed.
    """

    form_class: ClassVar[type[forms.ModelForm]]  # type: ignore[type-arg]  # generic in the stubs only
    gone_template_name: ClassVar[str] = "workspace/parts/gone.html"

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"instance": self.record}

    def make_form(self) -> Any:
        form = super().make_form()
        form.fields[VERSION] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=version_of(self.record)
        )
        return form

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            current = self.model._base_manager.select_for_update().filter(pk=self.record.pk).first()
            if current is None:
                raise Http404
            sent = request.POST.get(VERSION, "")
            if self.form.is_valid() and version_of(current) != sent:
                return self.conflict(current)
            return super().post(request, *args, **kwargs)

    def conflict(self, current: Any) -> HttpResponseBase:
        """Both versions beside each other, and the form as it was typed, now against the new version."""
        theirs = self.form_class(instance=current)
        changes: list[Change] = []
        for name, field in theirs.fields.items():
            kept = shown(field, theirs.get_initial_for_field(field, name))
            mine = shown(field, self.form.cleaned_data.get(name))
            if kept != mine:
                changes.append({"label": str(field.label), "theirs": kept, "mine": mine})
        data = self.form.data.copy()
        data[VERSION] = version_of(current)
        self.form.data = data
        entry = Entry.objects.about(current).first()
        conflict = {
            "by": entry.actor_name if entry is not None else "",
            "at": current.updated_at,
            "changes": changes,
        }
        return self.render(status=409, conflict=conflict)

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super()._answer(request, *args, **kwargs)
        except Http404:
            if request.method != "POST" or not self._was_removed():
                raise
            return self.gone()

    def _was_removed(self) -> bool:
        removed = Entry.objects.filter(
            target_type=self.model._meta.label_lower, target_id=str(self.kwargs.get("pk")), verb="removed"
        )
        return removed.exists()

    def gone(self) -> HttpResponseBase:
        """The record was removed while the form was open."""
        return render(
            self.request, self.gone_template_name, {"typed": typed_into(self.form_class, self.request)}, status=410
        )
