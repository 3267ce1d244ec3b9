"""A body's standing items: what the agendas of its meetings begin with, by the kind of meeting."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.councils.models import Body
from yhdys.meetings import actions
from yhdys.meetings.enums import ItemKind, MeetingKind
from yhdys.meetings.models import StandingItem
from yhdys.meetings.models.agenda import MOST_MINUTES
from yhdys.web.forms import Form
from yhdys.web.versioned import VersionedPage
from yhdys.web.workspace.base import ActionView, RecordFormPage, RecordMixin, RecordPage
from yhdys.web.workspace.titled import Titled


def standing_address(body: Any) -> str:
    """The page of a body's standing items."""
    return reverse("workspace:standing-items", kwargs={"pk": body})


class StandingItemForm(Form):
    """One standing item."""

    title_fi = forms.CharField(label=_("Title in Finnish"), max_length=250)
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=250, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=250, required=False)
    kind = forms.ChoiceField(label=_("What is asked of the meeting"), choices=ItemKind.choices)
    presenter = forms.CharField(label=_("Presenter"), max_length=200, required=False)
    minutes_planned = forms.IntegerField(
        label=_("How many minutes"), min_value=1, max_value=MOST_MINUTES, required=False
    )
    stays_last = forms.BooleanField(
        label=_("At the end of the agenda"), required=False, help_text=_("Matters that are added later come before it.")
    )


class StandingItemsPage(RecordPage):
    """GET …/standing-items/<body>/: the templates of all kinds of meeting."""

    permission = "meetings.set_practice"
    model = Body
    template_name = "workspace/meetings/standing_items.html"

    def context(self) -> dict[str, Any]:
        items = list(self.record.standing_items.order_by("number"))
        templates = []
        for kind in MeetingKind:
            own = [item for item in items if item.meeting_kind == kind]
            templates.append({"kind": kind.value, "name": kind.label, "items": own, "last": len(own)})
        return super().context() | {"templates": templates}


class OfTemplate(RecordMixin):
    """A view about one body's template for one kind of meeting. Raises Http404 for a kind that does not exist."""

    permission = "meetings.set_practice"
    model = Body

    @property
    def kind(self) -> MeetingKind:
        """The kind of meeting."""
        try:
            return MeetingKind(self.kwargs["kind"])
        except ValueError as error:
            raise Http404 from error

    @property
    def back(self) -> str:
        return standing_address(self.record.pk)

    def refused_url(self) -> str:
        return self.back


class CommonItemsView(OfTemplate, ActionView):
    """POST: an empty template begins with what such meetings commonly deal with."""

    success_message = _("The standing items are there. Change them as you like.")

    def perform(self) -> str:
        actions.begin_with_common_items(self.record, self.kind, by=self.request.user)
        return self.back


class StandingItemAddPage(OfTemplate, Titled, RecordFormPage):
    """GET, POST …/standing-items/<body>/<kind>/new/."""

    form_class = StandingItemForm
    title = _("Add a standing item")
    success_message = _("The item is among the standing ones.")

    @property
    def caption(self) -> str:
        return f"{self.record}: {self.kind.label}"

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"kind": ItemKind.FORMAL}}

    def perform(self, form: StandingItemForm) -> str:
        actions.add_standing_item(self.record, self.kind, by=self.request.user, **form.cleaned_data)
        return self.back


class OneStandingItem(RecordMixin):
    """A view about one standing item."""

    permission = "meetings.set_practice"
    model = StandingItem

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body")

    def permission_object(self) -> Any:
        return self.record.body

    @property
    def caption(self) -> str:
        return f"{self.record.body}: {self.record.get_meeting_kind_display()}"

    @property
    def back(self) -> str:
        return standing_address(self.record.body_id)

    def refused_url(self) -> str:
        return self.back


class StandingItemPage(OneStandingItem, Titled, VersionedPage):
    """GET, POST …/standing-items/items/<pk>/."""

    form_class = StandingItemForm
    title = _("Change a standing item")
    help = _("Agendas that have been begun already stay as they are.")
    success_message = _("The changes have been saved.")

    def above(self) -> Body:
        body: Body = self.record.body
        return body

    def trail_of(self, current: Any) -> Body:
        return self.above()

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": _shown(self.record)}

    def form_of(self, record: Any) -> forms.BaseForm:
        return StandingItemForm(initial=_shown(record))

    def perform(self, form: StandingItemForm) -> str:
        actions.change_standing_item(self.record, by=self.request.user, **form.cleaned_data)
        return self.back


class StandingItemPlaceView(OneStandingItem, ActionView):
    """POST ``to``: another place in the template."""

    def perform(self) -> str:
        wanted = self.request.POST.get("to", "")
        if wanted.isdecimal():
            actions.move_standing_item(self.record, to=int(wanted), by=self.request.user)
        return f"{self.back}#{self.record.meeting_kind}"


class StandingItemRemovalPage(OneStandingItem, Titled, RecordFormPage):
    """GET asks, POST takes the item out of the template."""

    form_class = Form
    variant = "warning"
    help = _("Agendas that have been begun already stay as they are.")
    submit = _("Remove")
    success_message = _("The standing item has been removed.")

    @property
    def title(self) -> str:  # type: ignore[override]  # told by the record
        return _("Remove “{title}” from the standing items?").format(title=self.record.title)

    def perform(self, form: Form) -> str:
        back = self.back
        actions.remove_standing_item(self.record, by=self.request.user)
        return back


def _shown(item: StandingItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in StandingItemForm.base_fields}
