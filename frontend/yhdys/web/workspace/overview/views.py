"""What the national staff see besides what everybody does: how well the regions tell."""

from typing import Any

from yhdys.overview.queries import state_of_telling
from yhdys.web.workspace.base import Page


class OverviewPage(Page):
    """GET: each region's figures, how many and how old. Nothing of a region's own business."""

    permission = "overview.view_state"
    template_name = "workspace/overview/state.html"

    def context(self) -> dict[str, Any]:
        told = state_of_telling()
        return super().context() | {"told": told, "late": sum(one.is_late for one in told)}
