"""Editing what somebody else may be editing too.

A form carries the moment at which its record was last saved. When the record has moved meanwhile, nothing is saved: the
page shows the other's version beside what was typed, and the form, now of the new version, keeps what was typed. When
the record is gone, the page says so and shows what was typed, to be copied elsewhere.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, TypedDict, cast

from django import forms
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from yhdys.audit.models import Entry
from yhdys.web.dates import short_day
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import RecordFormPage

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
    if isinstance(value, date):
        return short_day(value)
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
        typed: list[Typed] = []
        for name, field in self.form_class.base_fields.items():
            values = [value for value in self.request.POST.getlist(name) if value]
            if values:
                words = shown(field, values if isinstance(field, forms.ModelMultipleChoiceField) else values[0])
                typed.append({"label": str(field.label or name), "value": words})
        return render(self.request, self.gone_template_name, {"typed": typed}, status=410)
