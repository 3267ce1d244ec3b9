"""What waits for a meeting of the body: tabled and returned items, and matters that other modules bring."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.actions import take_up_item, take_up_matter
from yhdys.meetings.models import AgendaItem
from yhdys.meetings.queries import items_waiting, matters_waiting
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import Page
from yhdys.web.workspace.meetings.views.base import MeetingMixin, desk_of


class MattersPage(MeetingMixin, Page):
    """GET shows what waits; POST ``item=<key>`` or ``matter=<provider>:<reference>`` puts one on the agenda."""

    permission = "meetings.change_agenda"
    template_name = "workspace/meetings/matters.html"
    part = "agenda"

    def context(self) -> dict[str, Any]:
        offers = [
            {
                "name": offer.provider.name,
                "matters": [
                    {
                        "value": f"{offer.provider.key}:{matter.reference}",
                        "label": matter.label,
                        "url": offer.provider.address(matter.reference),
                    }
                    for matter in offer.matters
                ],
            }
            for offer in matters_waiting(self.record)
        ]
        return super().context() | {"waiting": items_waiting(self.record), "offers": offers}

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> Any:
        key, sign, reference = request.POST.get("matter", "").partition(":")
        if sign:
            take_up_matter(self.record, key, reference, by=request.user)
        else:
            seen = AgendaItem.objects.visible_to(request.user)
            try:
                former = get_object_or_404(seen, pk=request.POST.get("item"))
            except ValidationError as error:  # Not a key at all.
                raise Http404 from error
            take_up_item(self.record, former, by=request.user)
        return self.success(_("The item is on the agenda."), desk_of(self.record, self.part))

    def refused_url(self) -> str:
        return desk_of(self.record, self.part)
