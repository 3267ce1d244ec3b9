"""Forms of representatives in groups outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.core.names import in_all
from yhdys.councils.enums import StandsAs
from yhdys.councils.models import Body, OutsideGroup
from yhdys.meetings.models import AgendaItem
from yhdys.organisations.models import Contact, Organisation
from yhdys.web.forms import Form
from yhdys.web.translated import TranslatedForm
from yhdys.web.workspace.councils.forms import PersonField, organisations, people


class GroupForm(TranslatedForm):
    """A partnership table or a working group."""

    class Meta:
        model = OutsideGroup
        fields = ["kind", *in_all("name"), *in_all("about"), "authority", "url", "start", "end"]
        widgets = {"kind": forms.RadioSelect} | {name: forms.Textarea(attrs={"rows": 3}) for name in in_all("about")}
        help_texts = {"end": _("When the group has ended, its mandates end too.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_fi"].required = False


class MandateForm(Form):
    """Who represents whom in which group, and for which time."""

    group: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(OutsideGroup.objects.none(), label=_("Group"))
    body: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(Body.objects.none(), label=_("Who names"))
    contact = PersonField(
        Contact.objects.none(),
        label=_("Person"),
        help_text=_("Somebody who is missing from the list is first added among the people."),
    )
    stands_as = forms.ChoiceField(
        label=pgettext_lazy("representation", "As"),
        choices=StandsAs.choices,
        widget=forms.RadioSelect,
        initial=StandsAs.MEMBER,
    )
    organisation: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("From the organisation"),
        required=False,
        help_text=_("Only if it is another than the person’s own."),
    )
    named_on = forms.DateField(label=_("Named on"), required=False)
    start = forms.DateField(label=_("First day"))
    end = forms.DateField(label=_("Last day"), required=False, help_text=_("Leave empty if it is not known yet."))

    def __init__(self, *args: Any, bodies: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = {
            "group": OutsideGroup.objects.listed(),
            "body": Body.objects.listed().filter(pk__in=bodies),
            "contact": people(),
            "organisation": organisations(),
        }
        for name, queryset in chosen.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["start"].initial = clock.today


class MandateEndForm(Form):
    """A mandate's last day."""

    on = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Earlier to end it, later to prolong it, empty while open.")
    )


class NamedAtForm(Form):
    """The item at which the body named the person."""

    item: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=_("Item"),
        help_text=_("Items of meetings that have been held, the latest first."),
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["item"].label_from_instance = lambda one: f"{one.meeting}, {one.number} § {one.title}"  # type: ignore[attr-defined]  # of a ModelChoiceField


class ReportForm(Form):
    """What happened in the group."""

    told_on = forms.DateField(label=_("Date"))
    text = forms.CharField(
        label=_("What happened"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A short note for the members: what was dealt with, and what the council should take up."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"].initial = clock.today
