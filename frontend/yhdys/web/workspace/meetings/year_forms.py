"""The forms of the year plan: the rule that proposes days, and the days as they are planned."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.councils.models import Body
from yhdys.meetings.queries import LAST, YearRule
from yhdys.web.forms import Form

_WORKDAYS = range(5)
_WEEKS = [
    (1, pgettext_lazy("week of a month", "First")),
    (2, pgettext_lazy("week of a month", "Second")),
    (3, pgettext_lazy("week of a month", "Third")),
    (4, pgettext_lazy("week of a month", "Fourth")),
    (LAST, pgettext_lazy("week of a month", "Last")),
]
_EVERY = [
    (1, pgettext_lazy("how often", "Every month")),
    (2, pgettext_lazy("how often", "Every second month")),
    (3, pgettext_lazy("how often", "Every third month")),
    (6, pgettext_lazy("how often", "Twice a year")),
]


class YearRuleForm(Form):
    """How often, on which weekday and at what time a body meets. Sent by GET: it only proposes."""

    body: Any = forms.ModelChoiceField(label=_("Who meets"), queryset=Body.objects.none(), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    every = forms.TypedChoiceField(label=_("How often"), choices=_EVERY, coerce=int)
    first_month = forms.TypedChoiceField(label=_("First month"), choices=(), coerce=int)
    week = forms.TypedChoiceField(label=_("Which of the month"), choices=_WEEKS, coerce=int)
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=(), coerce=int)
    begins = forms.TimeField(label=_("Begins"))
    ends = forms.TimeField(label=_("Ends"), required=False)
    not_in_july = forms.BooleanField(label=_("Not in July"), required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["first_month"].choices = [(n, capfirst(str(name))) for n, name in MONTHS.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["weekday"].choices = [(n, capfirst(str(WEEKDAYS[n]))) for n in _WORKDAYS]  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """A meeting ends after it begins."""
        data = super().clean() or {}
        _refuse_early_end(self, data)
        return data

    @property
    def rule(self) -> YearRule:
        """The rule, of a form that is valid."""
        names = ("year", "weekday", "week", "every", "first_month", "not_in_july")
        return YearRule(**{name: self.cleaned_data[name] for name in names})


class PlanForm(Form):
    """What all meetings of the plan have in common."""

    title = forms.CharField(
        label=_("Title"),
        max_length=150,
        help_text=_("The number and the year are added to it, as in “Meeting 1/2027”."),
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    announce = forms.BooleanField(
        label=_("Put the meetings into the public calendar at once"),
        required=False,
        help_text=_("Otherwise only those who prepare the meetings see them, until each is announced or called."),
    )


class DayForm(Form):
    """One day of the plan. An empty day is left out."""

    day = forms.DateField(label=_("Day"), required=False)
    begins = forms.TimeField(label=_("Begins"), required=False)
    ends = forms.TimeField(label=_("Ends"), required=False)
    told = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    """The day, as 2027-03-26, whose objections have been shown."""

    marks_optional = False

    def clean(self) -> dict[str, Any]:
        """A day that is kept has a beginning."""
        data = super().clean() or {}
        if data.get("day") and not data.get("begins") and "begins" not in self.errors:
            self.add_error("begins", _("Write the time as 14.00."))
        _refuse_early_end(self, data)
        return data

    @property
    def span(self) -> tuple[datetime, datetime | None] | None:
        """The meeting's aware times; None for a day that is left out."""
        data = self.cleaned_data
        day, begins, ends = data.get("day"), data.get("begins"), data.get("ends")
        if day is None or begins is None:
            return None
        return _moment(day, begins), _moment(day, ends) if ends else None


DayFormSet = forms.formset_factory(DayForm, extra=1, max_num=60, validate_max=True)


def _moment(day: date, at: time) -> datetime:
    return clock.helsinki(day.year, day.month, day.day, at.hour, at.minute)


def _refuse_early_end(form: forms.Form, data: dict[str, Any]) -> None:
    begins, ends = data.get("begins"), data.get("ends")
    if begins and ends and ends <= begins:
        form.add_error("ends", _("The meeting must end after it begins."))
