"""Who has read what is for the members only."""

from typing import Any

from django.core.paginator import Paginator

from yhdys.audit.models import Reading
from yhdys.web.workspace.base import ListPage, Page
from yhdys.web.workspace.meetings.views.base import MeetingMixin


class ReadingsPage(MeetingMixin, Page):
    """GET …/kokoukset/<pk>/lukemiset/: for administrators."""

    permission = "meetings.view_readings"
    template_name = "workspace/meetings/readings.html"

    def context(self) -> dict[str, Any]:
        readings = Paginator(Reading.objects.within(self.record), ListPage.page_size)
        return super().context() | {"page": readings.get_page(self.request.GET.get("page"))}
