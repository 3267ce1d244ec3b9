"""The agenda on the desk: items added, changed, put in order, removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.actions import add_item, change_item, move_item, remove_item, take_over_tabled_items
from yhdys.meetings.enums import MeetingState
from yhdys.meetings.matters import address_of_source
from yhdys.meetings.models import AgendaItem
from yhdys.meetings.queries import give_times
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import ActionView, FormPage, Page
from yhdys.web.workspace.meetings.forms import ItemForm
from yhdys.web.workspace.meetings.views.base import MeetingMixin, MeetingVersionedPage, PartMixin, desk_of
from yhdys.web.workspace.restoring import RestorePage

ITEM_TEXTS = ("title_fi", "title_sv", "title_en", "description_fi", "description_sv", "description_en", "presenter")


class ItemAddPage(MeetingMixin, FormPage):
    """GET, POST: an item at the end of the agenda."""

    permission = "meetings.change_agenda"
    template_name = "workspace/meetings/item.html"
    form_class = ItemForm
    part = "agenda"
    success_message = _("The item is on the agenda.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"kind": "discussion", "publicity": "public"}}

    def perform(self, form: ItemForm) -> str:
        add_item(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.record, self.part)


class ItemMixin(PartMixin):
    """A view about one item."""

    model = AgendaItem
    permission = "meetings.change_agenda"
    part = "agenda"


class ItemChangePage(ItemMixin, MeetingVersionedPage):
    """GET, POST: one item."""

    template_name = "workspace/meetings/item.html"
    form_class = ItemForm
    success_message = _("The item has been saved.")

    def initial_of(self, record: AgendaItem) -> dict[str, Any]:
        texts = {name: getattr(record, name) for name in ITEM_TEXTS}
        own = {name: getattr(record, name) for name in ("kind", "publicity", "minutes_planned")}
        return texts | own | {"keywords": list(record.keywords.all())}

    def context(self) -> dict[str, Any]:
        return super().context() | {"item": self.record}

    def perform(self, form: ItemForm) -> str:
        change_item(self.record, by=self.request.user, **form.cleaned_data)
        return desk_of(self.meeting, self.part)


class ItemRestorePage(ItemMixin, RestorePage):
    """GET, POST items/<pk>/history/<version>/."""

    @property
    def back(self) -> str:
        return desk_of(self.meeting, self.part)


class ItemPlaceView(ItemMixin, ActionView):
    """POST ``to``: another place on the agenda. For htmx the agenda comes back, else the desk is shown again."""

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.POST.get("to", "")
        if wanted.isdecimal():
            self.record = move_item(self.record, to=int(wanted), by=request.user)
        if is_htmx(request):
            return render(request, "workspace/meetings/_agenda.html", agenda_context(self.meeting, moved=self.record))
        return self.success(gettext("The agenda has a new order."), desk_of(self.meeting, self.part))


class ItemRemovalPage(ItemMixin, Page):
    """GET asks, POST removes an item with its papers."""

    template_name = "workspace/meetings/item_removal.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"item": self.record, "papers": list(self.record.papers.all())}

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        meeting = self.meeting
        remove_item(self.record, by=request.user)
        return self.success(gettext("The item has been removed."), desk_of(meeting, self.part))

    def refused_url(self) -> str:
        return desk_of(self.meeting, self.part)


class TabledItemsView(MeetingMixin, ActionView):
    """POST: the items that earlier meetings tabled come to the end of this agenda."""

    permission = "meetings.change_agenda"
    part = "agenda"

    def perform(self) -> str:
        taken = take_over_tabled_items(self.record, by=self.request.user)
        told = (
            ngettext("{count} tabled item was taken over.", "{count} tabled items were taken over.", len(taken))
            if taken
            else gettext("No tabled items wait for this body.")
        )
        messages.success(self.request, told.format(count=len(taken)))
        return desk_of(self.record, self.part)


def agenda_context(meeting: Any, moved: AgendaItem | None = None) -> dict[str, Any]:
    """What the agenda's part of the desk shows."""
    has_been_held = meeting.state in {MeetingState.HELD, MeetingState.CLOSED}
    found = meeting.agenda_items.for_reading().prefetch_related("assignments__contact")
    items = list(found.with_record() if has_been_held else found)
    would_end = give_times(meeting, items)
    for item in items:
        item.source_url = address_of_source(item.source)
    return {
        "meeting": meeting,
        "items": items,
        "last": len(items),
        "moved": moved.pk if moved else None,
        "would_end": would_end,
        "is_over_time": would_end is not None and meeting.ends_at is not None and would_end > meeting.ends_at,
        "has_been_held": has_been_held,
    }


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks, which swaps a part of the page."""
    return bool(getattr(request, "htmx", False))
