"""The choices above the national lists."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdys.overview.queries import RegionOverview
from yhdys.overview.registry import item_kinds
from yhdys.overview.trends import Step
from yhdys.web.forms import FilterForm
from yhdys.web.national.charts import MOST_LINES


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


class Regions(forms.MultipleChoiceField):
    """Some of the regions; names that are none of theirs are left out."""

    def to_python(self, value: Any) -> list[str]:
        """Only what can be chosen."""
        return [slug for slug in super().to_python(value) if self.valid_value(slug)]


class ComparisonForm(FilterForm):
    """Which regions stand side by side, and over what time."""

    region = Regions(label=_("Regions"), widget=forms.CheckboxSelectMultiple, help_text=_("Choose four at most."))
    step = forms.ChoiceField(
        label=_("Over time"),
        choices=[(Step.YEAR.value, _("By year")), (Step.MONTH.value, _("By month, for two years"))],
    )

    def __init__(self, *args: Any, regions: list[RegionOverview], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._regions = regions
        self.fields["region"].choices = [(region.slug, region.name) for region in regions]  # type: ignore[attr-defined]  # a MultipleChoiceField
        self.initial.setdefault("region", [region.slug for region in regions[:MOST_LINES]])

    def clean_region(self) -> list[str]:
        """More lines than four cannot be told apart."""
        chosen: list[str] = self.cleaned_data["region"]
        if len(chosen) > MOST_LINES:
            raise forms.ValidationError(_("Choose four regions at most."))
        return chosen

    def chosen(self) -> tuple[list[RegionOverview], Step]:
        """The regions to compare, the first ones where none is chosen well, and the step."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        slugs = given.get("region") or self.initial["region"]
        step = given.get("step")
        return [region for region in self._regions if region.slug in slugs], Step(step) if step else Step.YEAR
