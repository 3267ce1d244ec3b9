"""The choices above the national lists."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdys.overview.queries import RegionOverview
from yhdys.overview.registry import item_kinds
from yhdys.web.forms import FilterForm


class PublishedFilter(FilterForm):
    """Which region's, and what kind of, published things."""

    region = forms.ChoiceField(label=_("Region"))
    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, *args: Any, regions: Iterable[RegionOverview], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_regions = [(region.schema, region.name) for region in regions if region.is_open]
        self.fields["region"].choices = [("", _("All regions")), *open_regions]  # type: ignore[attr-defined]  # a ChoiceField
        kinds = [(kind.name, kind.label) for kind in item_kinds()]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
