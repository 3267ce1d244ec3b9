"""The form that ends a term: its last day, and a decision about each open matter of the body."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.councils.enums import Settled
from yhdys.councils.unfinished import Decision, Decisions, Source, Unfinished
from yhdys.web.forms import Form, dress

type Open = list[tuple[Source, list[Unfinished]]]


class EndTermForm(Form):
    """A term's last day, and two fields for each open matter: what becomes of it, and why it is closed."""

    on = forms.DateField(label=_("Last day"), help_text=_("Everybody’s membership ends on this day too."))

    def __init__(self, *args: Any, open_work: Open, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_work = open_work
        for name, field in _fields_of(open_work).items():
            dress(field)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """What is closed is closed for a reason."""
        cleaned = super().clean() or self.cleaned_data
        for _source, matters in self.open_work:
            for one in matters:
                closed = cleaned.get(_how(one.about)) == Settled.CLOSED
                if closed and not cleaned.get(_why(one.about)):
                    self.add_error(_why(one.about), _("Say why it is closed."))
        return cleaned

    def decisions(self) -> Decisions:
        """What was decided about each matter that the form showed."""
        return {
            (source.key, one.about): Decision(
                Settled(self.cleaned_data[_how(one.about)]), self.cleaned_data[_why(one.about)]
            )
            for source, matters in self.open_work
            for one in matters
        }

    def parts(self) -> list[dict[str, Any]]:
        """The open matters with their fields, source by source."""
        return [
            {
                "source": source,
                "matters": [
                    {"matter": one, "url": _url(one), "how": self[_how(one.about)], "why": self[_why(one.about)]}
                    for one in matters
                ],
            }
            for source, matters in self.open_work
        ]


def _url(one: Unfinished) -> str:
    return reverse(one.url_name, kwargs=one.url_kwargs) if one.url_name else ""


def _how(about: UUID) -> str:
    return f"how-{about.hex}"


def _why(about: UUID) -> str:
    return f"why-{about.hex}"


def _fields_of(open_work: Open) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for source, matters in open_work:
        choices = [(Settled.CARRIED.value, source.carrying_over), (Settled.CLOSED.value, source.closing)]
        for one in matters:
            fields[_how(one.about)] = forms.ChoiceField(label=one.title, choices=choices, widget=forms.RadioSelect)
            fields[_why(one.about)] = forms.CharField(
                label=_("Reason, if it is closed"), max_length=300, required=False
            )
    return fields
