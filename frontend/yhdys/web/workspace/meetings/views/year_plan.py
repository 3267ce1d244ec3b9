"""The year plan: a rule proposes the days, people mend them, and they become drafts."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import ngettext, pgettext

from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.meetings.actions import plan_meetings
from yhdys.meetings.models import Meeting
from yhdys.meetings.queries import objections, practice_of
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.base import SIGNED_IN, Page
from yhdys.web.workspace.meetings.views.lists import bodies_prepared_by
from yhdys.web.workspace.meetings.year_forms import DayFormSet, PlanForm, YearRuleForm

AUTUMN = 9
"""From this month on the plan is made for the next year."""


class YearPlanPage(Page):
    """GET asks for a rule, and with one (``?body=…&year=…``) proposes its days; POST makes the meetings.

    A day against which something speaks is shown once with its reasons; sent again as it is, it stands.
    """

    permission = SIGNED_IN
    template_name = "workspace/meetings/year_plan.html"

    @cached_property
    def rule_form(self) -> YearRuleForm:
        """The rule as the address has it."""
        bodies = bodies_prepared_by(self.request.user)
        if "body" in self.request.GET:
            return YearRuleForm(self.request.GET, bodies=bodies)
        today = clock.today()
        initial = {
            "year": today.year + (today.month >= AUTUMN), "every": 1, "first_month": 1, "week": 2, "weekday": 2,
            "begins": "14.00", "ends": "16.00", "not_in_july": True,
        }  # fmt: skip
        return YearRuleForm(initial=initial, bodies=bodies)

    @cached_property
    def has_rule(self) -> bool:
        """Whether the address has a rule that can be followed."""
        return self.rule_form.is_bound and self.rule_form.is_valid()

    @cached_property
    def form(self) -> PlanForm:
        """What the meetings have in common."""
        if self.request.method == "POST":
            return PlanForm(self.request.POST)
        place = practice_of(self.body).place
        return PlanForm(initial={"title": pgettext("title of a meeting", "Meeting"), "place": place})

    @cached_property
    def formset(self) -> Any:
        """The days: those of the rule that are still to come, then as they were typed."""
        if self.request.method == "POST":
            return DayFormSet(self.request.POST, form_kwargs={"use_required_attribute": False})
        wanted = self.rule_form.cleaned_data
        ahead = [day for day in self.rule_form.rule.days() if day > clock.today()]
        said = objections(self.body, ahead)
        initial = [
            {
                "day": day,
                "begins": wanted["begins"],
                "ends": wanted["ends"],
                "told": day.isoformat() if day in said else "",
            }
            for day in ahead
        ]
        return DayFormSet(initial=initial, form_kwargs={"use_required_attribute": False})

    @property
    def body(self) -> Any:
        """Who meets."""
        return self.rule_form.cleaned_data["body"]

    def may_announce(self) -> bool:
        """Whether the user may put the body's drafts into the public calendar."""
        return self.allowed("meetings.announce_meeting", Meeting(body=self.body))

    def context(self) -> dict[str, Any]:
        context = super().context() | {"rule_form": self.rule_form, "has_rule": self.has_rule}
        if not self.has_rule:
            return context
        self.require("meetings.add_meeting", self.body)
        rows = self._rows()
        return context | {
            "body": self.body,
            "form": self.form,
            "formset": self.formset,
            "rows": rows,
            "may_announce": self.may_announce(),
            "refusals": [],
        }

    def _rows(self) -> list[tuple[Any, list[str]]]:
        days = {form: _day_of(form) for form in self.formset.forms}
        said = objections(self.body, [day for day in days.values() if day])
        return [(form, said.get(day, []) if day else []) for form, day in days.items()]

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.render(status=200 if self.has_rule or not self.rule_form.is_bound else 422)

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.has_rule:
            return self.render(status=422)
        self.require("meetings.add_meeting", self.body)
        if not (self.form.is_valid() and self.formset.is_valid()):
            return self.render(status=422)
        if untold := self._untold():
            return self._ask_again(untold)
        given = self.form.cleaned_data
        announce = given["announce"]
        if announce:
            self.require("meetings.announce_meeting", Meeting(body=self.body))
        place = {"place_fi": given["place"]} if given["place"] else {}
        times = [form.span for form in self.formset.forms if form.span]
        try:
            made = plan_meetings(self.body, times, by=request.user, title=given["title"], announce=announce, **place)
        except ActionRefused as refusal:
            return self.render(status=409, refusals=[str(refusal)])
        told = ngettext("{count} meeting is in preparation.", "{count} meetings are in preparation.", len(made))
        return self.success(told.format(count=len(made)), reverse("workspace:meetings"))

    def _untold(self) -> list[str]:
        """The objections that nobody has been shown: to days that were changed or added."""
        days = {form.cleaned_data["day"]: form for form in self.formset.forms if form.cleaned_data.get("day")}
        said = objections(self.body, list(days))
        return [
            sentence
            for day, sentences in said.items()
            if days[day].cleaned_data["told"] != day.isoformat()
            for sentence in sentences
        ]

    def _ask_again(self, untold: list[str]) -> HttpResponse:
        """The page with what was typed; sent again as it is, the days stand."""
        sent = self.request.POST.copy()
        for form in self.formset.forms:
            day = form.cleaned_data.get("day")
            sent[form.add_prefix("told")] = day.isoformat() if day else ""
        self.formset = DayFormSet(sent, form_kwargs={"use_required_attribute": False})
        return self.render(status=422, untold=untold)


def _day_of(form: Any) -> date | None:
    """The day that stands in a row, typed or proposed; None for one that is empty or cannot be read."""
    if form.is_bound:
        form.is_valid()
        day = form.cleaned_data.get("day")
    else:
        day = form.initial.get("day")
    return day if isinstance(day, date) else None
