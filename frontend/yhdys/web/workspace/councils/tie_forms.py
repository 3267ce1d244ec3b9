"""Forms of how a body meets, and of the rules that tie it to other bodies."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.councils.enums import Role
from yhdys.councils.models import Body
from yhdys.organisations.models import Contact
from yhdys.web.forms import Form
from yhdys.web.workspace.councils.forms import PersonField, people


class PracticeForm(Form):
    """What a new meeting of the body begins with."""

    call_days_before = forms.IntegerField(
        label=_("Days between the call and the meeting"),
        min_value=0,
        max_value=90,
        help_text=_("How many days before the meeting its call should be out by the body’s rules."),
    )
    place = forms.CharField(label=_("Usual place"), max_length=200, required=False)
    address = forms.CharField(label=_("Street address"), max_length=200, required=False)
    remote_link = forms.URLField(
        label=_("Usual link for taking part remotely"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Sent to those who are called, never shown to the public."),
    )


class InvitationForm(Form):
    """Who is invited because of an office elsewhere."""

    of_body: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(Body.objects.none(), label=_("From the body"))
    role = forms.ChoiceField(label=_("Role in it"), choices=Role.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of_body"].queryset = Body.objects.working().exclude(pk=body.pk).listed()  # type: ignore[attr-defined]  # of a ModelChoiceField


class DeliveryForm(Form):
    """To whom calls and minutes go for information."""

    of_body: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        Body.objects.none(), label=_("To the body"), required=False, empty_label=pgettext_lazy("body", "None")
    )
    role = forms.ChoiceField(
        label=_("Role in it"), choices=[("", pgettext_lazy("role", "None")), *Role.choices], required=False
    )
    contact = PersonField(
        Contact.objects.none(),
        label=_("To one person"),
        required=False,
        empty_label=pgettext_lazy("person", "Nobody"),
        help_text=_("Choose either a body and a role in it, or one person, such as the host’s representative."),
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of_body"].queryset = Body.objects.working().exclude(pk=body.pk).listed()  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["contact"].queryset = people()  # type: ignore[attr-defined]  # of a ModelChoiceField
