"""Representatives in partnership tables and working groups: who, until when, and what they tell back."""

from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.councils import actions
from yhdys.councils.enums import StandsAs
from yhdys.councils.models import Body, OutsideGroup, Representation, RepresentationReport
from yhdys.meetings.actions import name_at_item
from yhdys.meetings.models import Naming
from yhdys.meetings.queries import items_that_may_name
from yhdys.web.forms import Form
from yhdys.web.workspace.base import FormPage, Page, RecordFormPage, RecordPage
from yhdys.web.workspace.councils import mandate_forms as forms
from yhdys.web.workspace.titled import Titled
from yhdys.web.workspace.trail import trail_of


def mandate_address(mandate: Representation) -> str:
    """The mandate's page."""
    return reverse("workspace:mandate", kwargs={"pk": mandate.pk})


class RepresentationsPage(Page):
    """GET …/councils/representations/: groups with whoever represents, those without anybody, the latest reports."""

    permission = "councils.view_bodies"
    template_name = "workspace/councils/representations.html"

    def context(self) -> dict[str, Any]:
        user, today = self.request.user, clock.today()
        mandates = list(Representation.objects.visible_to(user).listed())
        held = {group: list(those) for group, those in groupby(mandates, key=lambda one: one.group)}
        groups = list(OutsideGroup.objects.visible_to(user).listed())
        lines = [
            {
                "group": group,
                "now": [one for one in held.get(group, []) if one.end is None or one.end >= today],
                "before": [one for one in held.get(group, []) if one.end is not None and one.end < today],
            }
            for group in groups
        ]
        return super().context() | {
            "lines": lines,
            "reports": RepresentationReport.objects.visible_to(user).listed()[:10],
            "may_change": self.allowed("councils.change_authorities", self.permission_object()),
            "may_name": self.allowed("councils.name_representatives", self.permission_object()),
        }


class MandateAddPage(Titled, FormPage):
    """GET, POST …/councils/representations/new/; ``?group=`` chooses beforehand."""

    permission = "councils.name_representatives"
    form_class = forms.MandateForm
    title = _("Name a representative")
    submit = pgettext_lazy("representative", "Name")
    success_message = _("The representative has been named.")

    @property
    def back(self) -> str:
        return reverse("workspace:representations")

    def form_kwargs(self) -> dict[str, Any]:
        mine = [one.pk for one in Body.objects.working() if self.allowed("councils.change_representations", one)]
        initial = {"group": self.request.GET.get("group", "")}
        if len(mine) == 1:
            initial["body"] = mine[0]
        return {"bodies": mine, "initial": initial}

    def perform(self, form: forms.MandateForm) -> str:
        typed = form.cleaned_data
        self.require("councils.change_representations", typed["body"])
        stands_as = StandsAs(typed.pop("stands_as"))
        return mandate_address(actions.name_representative(**typed, stands_as=stands_as, by=self.request.user))


class OfMandate:
    """Mixin: about one mandate."""

    record: Any

    @property
    def caption(self) -> str:
        """Person and group."""
        return str(self.record)

    @property
    def back(self) -> str:
        """The mandate's page."""
        return mandate_address(self.record)


class MandatePage(RecordPage):
    """GET …/councils/representations/<pk>/: the mandate, and what was told back."""

    permission = "councils.view_representation"
    model = Representation
    template_name = "workspace/councils/mandate.html"

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().listed()  # type: ignore[attr-defined,no-any-return]  # our own queryset

    def context(self) -> dict[str, Any]:
        mandate: Representation = self.record
        may_change = self.allowed("councils.change_representations", mandate)
        naming = Naming.objects.visible_to(self.request.user).filter(representation=mandate).with_item().first()
        return super().context() | {
            "mandate": mandate,
            "is_in_force": mandate.holds_on(clock.today()),
            "naming": naming,
            "reports": mandate.reports.listed(),
            "may_change": may_change,
            "may_tell": self.allowed("councils.tell_back", mandate),
            "trail": trail_of(mandate, self.request.user, values=may_change),
        }


class MandateFormPage(OfMandate, Titled, RecordFormPage):
    """A form about one mandate."""

    permission = "councils.change_representations"
    model = Representation

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().listed()  # type: ignore[attr-defined,no-any-return]  # our own queryset


class MandateEndPage(MandateFormPage):
    """GET, POST …/representations/<pk>/end/."""

    form_class: ClassVar[Any] = forms.MandateEndForm
    title = _("Change the mandate’s last day")
    success_message = _("The changes have been saved.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"on": self.record.end}}

    def perform(self, form: forms.MandateEndForm) -> str:
        actions.set_end_of_mandate(self.record, on=form.cleaned_data["on"], by=self.request.user)
        return self.back


class NamedAtPage(MandateFormPage):
    """GET, POST …/representations/<pk>/item/: the item of the body's own meeting."""

    form_class: ClassVar[Any] = forms.NamedAtForm
    title = _("Tell at which item the person was named")
    success_message = _("The changes have been saved.")

    @cached_property
    def items(self) -> QuerySet[Any]:
        """Items of the body that the user may read."""
        found: QuerySet[Any] = items_that_may_name(self.record).visible_to(self.request.user)
        return found

    def form_kwargs(self) -> dict[str, Any]:
        return {"items": self.items}

    def perform(self, form: forms.NamedAtForm) -> str:
        name_at_item(self.record, form.cleaned_data["item"], by=self.request.user)
        return self.back


class ReportAddPage(MandateFormPage):
    """GET, POST …/representations/<pk>/reports/new/."""

    permission = "councils.tell_back"
    form_class: ClassVar[Any] = forms.ReportForm
    title = _("Tell what happened")
    success_message = _("The members can now read it.")

    def perform(self, form: forms.ReportForm) -> str:
        actions.tell_back(self.record, by=self.request.user, **form.cleaned_data)
        return self.back


class ReportRemovalPage(Titled, RecordFormPage):
    """GET, POST …/representations/reports/<pk>/removal/."""

    permission = "councils.tell_back"
    model = RepresentationReport
    form_class = Form
    title = _("Remove the report?")
    submit = _("Remove")
    variant = "warning"
    success_message = _("Removed.")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().listed()  # type: ignore[attr-defined,no-any-return]  # our own queryset

    def permission_object(self) -> Any:
        return self.record.representation

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return mandate_address(self.record.representation)

    def perform(self, form: Form) -> str:
        back = self.back
        actions.take_back_report(self.record, by=self.request.user)
        return back
