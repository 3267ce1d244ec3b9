"""What the national staff see besides what everybody does: how well the regions tell."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from yhdys.core import clock
from yhdys.overview.queries import regions_of_finland, state_of_telling
from yhdys.web.national.downloads import attached, workbook
from yhdys.web.workspace.base import Page, WorkspaceView


class OverviewPage(Page):
    """GET: each region's figures, how many and how old. Nothing of a region's own business."""

    permission = "overview.view_state"
    template_name = "workspace/overview/state.html"

    def context(self) -> dict[str, Any]:
        told = state_of_telling()
        return super().context() | {"told": told, "late": sum(one.is_late for one in told)}


class OverviewFile(WorkspaceView):
    """GET: everything that the regions told, of all periods, as XLSX; those whose doors are closed are there too."""

    permission = "overview.view_state"

    def get(self, request: HttpRequest) -> HttpResponse:
        here = [region for region in regions_of_finland([]) if region.state]
        return attached(workbook(here, every_period=True), f"yhdys-{clock.today():%Y-%m-%d}.xlsx")
