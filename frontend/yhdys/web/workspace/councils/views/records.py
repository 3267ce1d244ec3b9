"""The plain records around a body: one set of pages for all of them, told apart by a word in the address."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yhdys.core.names import in_all
from yhdys.councils import actions
from yhdys.councils.models import (
    Authority,
    Body,
    ExternalDecision,
    ExternalProgramme,
    FollowedMatter,
    HostPeriod,
    Mandate,
    OutsideGroup,
    PublicationChannel,
    TimelineEvent,
)
from yhdys.tenancy.context import require_scope
from yhdys.web.forms import Form
from yhdys.web.translated import TranslatedForm
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.base import FormPage, RecordFormPage, RecordMixin
from yhdys.web.workspace.councils.mandate_forms import GroupForm
from yhdys.web.workspace.titled import Titled


class MandateForm(TranslatedForm):
    """An objective or a task."""

    class Meta:
        model = Mandate
        fields = ["kind", *in_all("title"), *in_all("text"), "start", "end", *in_all("source"), "source_url"]
        widgets = {"kind": forms.RadioSelect} | {name: forms.Textarea(attrs={"rows": 4}) for name in in_all("text")}
        help_texts = {
            "start": _("Only if it came later than the body."),
            "end": _("When it holds no more. Earlier texts are kept."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_fi"].required = self.fields["source_fi"].required = False
        self.fields["text_fi"].required = True


class EventForm(TranslatedForm):
    """Something that happened."""

    class Meta:
        model = TimelineEvent
        fields = ["kind", "date", "precision", *in_all("title"), *in_all("text"), "url"]
        widgets = {"precision": forms.RadioSelect} | {
            name: forms.Textarea(attrs={"rows": 3}) for name in in_all("text")
        }
        help_texts = {"precision": _("When only the month or the year is known, give any day of it and choose here.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text_fi"].required = False


class DecisionForm(TranslatedForm):
    """A decision taken elsewhere."""

    class Meta:
        model = ExternalDecision
        fields = [*in_all("title"), *in_all("deciding_body"), "authority", "date", "case_number", "url"]
        help_texts = {"url": _("The decision in the deciding body’s own case-management system or on its website.")}


class ChannelForm(TranslatedForm):
    """Where else the body publishes."""

    class Meta:
        model = PublicationChannel
        fields = ["kind", "state", *in_all("name"), *in_all("what"), "url", "since"]
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what_fi"].required = False


class MatterForm(TranslatedForm):
    """A reform that the body follows."""

    class Meta:
        model = FollowedMatter
        fields = [*in_all("title"), *in_all("text"), "state", *in_all("planned_for"), "in_force_on", "url"]
        widgets = {"state": forms.RadioSelect} | {name: forms.Textarea(attrs={"rows": 3}) for name in in_all("text")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text_fi"].required = self.fields["planned_for_fi"].required = False


class HostForm(TranslatedForm):
    """Who hosts the body, and when."""

    class Meta:
        model = HostPeriod
        fields = ["authority", "start", "end"]


class AuthorityForm(TranslatedForm):
    """An authority."""

    class Meta:
        model = Authority
        fields = [
            "kind", *in_all("name"), "municipality", "county", "language", "website", "registry_email",
            "registry_address", "start", "end", "successor",
        ]  # fmt: skip
        widgets = {"registry_address": forms.Textarea(attrs={"rows": 3}), "language": forms.RadioSelect}
        help_texts = {"end": _("Only when it has ended; then tell its successor too.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Authority.objects.listed().exclude(pk=self.instance.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]  # of a ModelChoiceField


class ProgrammeForm(TranslatedForm):
    """A law or programme that is cited."""

    class Meta:
        model = ExternalProgramme
        fields = ["kind", *in_all("name"), *in_all("owner"), "reference", "url", "start", "end"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_fi"].required = False


@dataclass(frozen=True)
class Kind:
    """One kind of record."""

    model: type[Any]
    form: type[TranslatedForm]
    permission: str
    add: str | Promise
    change: str | Promise
    has_body: bool = True


KINDS: dict[str, Kind] = {
    "mandate": Kind(
        Mandate, MandateForm, "councils.change_body", _("Add an objective or a task"), _("Change the objective or task")
    ),
    "event": Kind(TimelineEvent, EventForm, "councils.change_channels", _("Add an event"), _("Change the event")),
    "decision": Kind(
        ExternalDecision,
        DecisionForm,
        "councils.change_body",
        _("Add a decision of another body"),
        _("Change the decision of another body"),
    ),
    "channel": Kind(
        PublicationChannel,
        ChannelForm,
        "councils.change_channels",
        _("Add a publication channel"),
        _("Change the publication channel"),
    ),
    "matter": Kind(
        FollowedMatter,
        MatterForm,
        "councils.change_channels",
        _("Add a matter to follow"),
        _("Change the followed matter"),
    ),
    "host": Kind(HostPeriod, HostForm, "councils.change_body", _("Add a host"), _("Change the host")),
    "authority": Kind(
        Authority,
        AuthorityForm,
        "councils.change_authorities",
        _("Add an authority"),
        _("Change the authority"),
        has_body=False,
    ),
    "group": Kind(
        OutsideGroup,
        GroupForm,
        "councils.change_authorities",
        _("Add a group"),
        _("Change the group"),
        has_body=False,
    ),
    "programme": Kind(
        ExternalProgramme,
        ProgrammeForm,
        "councils.change_authorities",
        _("Add an outside programme"),
        _("Change the outside programme"),
        has_body=False,
    ),
}


class OfKind(RecordMixin):
    """Mixin: the page is about a record of the kind that the address names."""

    permission = "councils.view_bodies"
    form_class: ClassVar[Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kind = KINDS.get(kwargs["kind"])
        if kind is None:
            raise Http404
        self.kind = kind
        self.model = kind.model  # type: ignore[misc]  # by the address
        self.form_class = kind.form  # type: ignore[misc]  # by the address

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body") if self.kind.has_body else super().queryset()

    def permission_object(self) -> Any:
        self.require(self.kind.permission, self.record if self.kind.has_body else require_scope())
        return require_scope()

    @property
    def caption(self) -> str:
        """Whose record it is."""
        return str(self.record.body if self.kind.has_body else self.record)

    @property
    def back(self) -> str:
        """The page that lists it."""
        return list_address(self.kwargs["kind"], self.record.body if self.kind.has_body else None)


def list_address(kind: str, body: Body | None) -> str:
    """The page on which records of a kind are listed."""
    if body is None:
        return reverse("workspace:representations" if kind == "group" else "workspace:authorities")
    return reverse("workspace:body-about", kwargs={"pk": body.pk}) + f"#{kind}"


class RecordAddPage(Titled, FormPage):
    """GET, POST …/councils/<pk>/<kind>/new/."""

    permission = "councils.view_bodies"
    success_message = _("Saved.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kind = KINDS.get(kwargs["kind"])
        if kind is None or kind.has_body is not ("pk" in kwargs):
            raise Http404
        self.kind = kind
        self.form_class = kind.form  # type: ignore[misc]  # by the address

    @cached_property
    def body(self) -> Body | None:
        """Whose record it will be; None for a record of the whole region."""
        if not self.kind.has_body:
            return None
        body: Body = get_object_or_404(Body.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        return body

    def permission_object(self) -> Any:
        self.require(self.kind.permission, self.body or require_scope())
        return require_scope()

    @property
    def title(self) -> str:  # type: ignore[override]  # by the address
        return str(self.kind.add)

    @property
    def caption(self) -> str:
        return str(self.body or "")

    @property
    def back(self) -> str:
        return list_address(self.kwargs["kind"], self.body)

    def form_kwargs(self) -> dict[str, Any]:
        return {"instance": self.kind.model(body=self.body) if self.kind.has_body else self.kind.model()}

    def perform(self, form: Any) -> str:
        actions.keep(form.instance, by=self.request.user)
        return self.back


class RecordEditPage(OfKind, Titled, VersionedFormPage):
    """GET, POST …/councils/<kind>/<pk>/edit/."""

    template_name = "workspace/councils/record_form.html"
    success_message = _("The changes have been saved.")

    @property
    def title(self) -> str:  # type: ignore[override]  # by the address
        return str(self.kind.change)

    def perform(self, form: Any) -> str:
        actions.keep(form.instance, by=self.request.user)
        return self.back


class RecordRemovalPage(OfKind, Titled, RecordFormPage):
    """GET, POST …/councils/<kind>/<pk>/removal/: asks before it removes."""

    template_name = "workspace/parts/form.html"
    title = _("Remove this?")
    submit = _("Remove")
    variant = "warning"
    success_message = _("Removed.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form_class = Form  # type: ignore[misc]  # nothing to fill in

    @property
    def caption(self) -> str:
        return str(self.record)

    def perform(self, form: Any) -> str:
        back = self.back
        actions.remove(self.record, by=self.request.user)
        return back
