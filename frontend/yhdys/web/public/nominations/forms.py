"""Forms of nomination calls that need no account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdys.nominations.actions import propose_openly
from yhdys.nominations.enums import Place
from yhdys.nominations.models import NominationCall
from yhdys.web.forms import Form, dress
from yhdys.web.naming import check_people, groups_of, names_of, person_fields
from yhdys.web.public.forms import PublicForm


class DecliningForm(Form):
    """An organisation names nobody."""

    note = forms.CharField(
        label=_("Why nobody is named"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProposalForm(PublicForm, Form):
    """What an organisation of the field proposes, from anybody."""

    name = "nomination"
    needed = True
    """A member is always named: the page does not call the name optional."""

    organisation = forms.CharField(label=_("Name of the organisation"), max_length=200)
    seat = forms.ChoiceField(label=_("For which seat?"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Why these people?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    sender_name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    sender_email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We confirm the proposal to this address, and ask if something is unclear."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, call: NominationCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.places = (Place.MEMBER, Place.DEPUTY) if call.asks_deputies else (Place.MEMBER,)
        for place in self.places:
            self.fields |= person_fields(place, required=False)
        self.seats = {str(number): seat for number, seat in enumerate(call.asked_seats, start=1)}
        self.fields["seat"].choices = [(key, seat.name) for key, seat in self.seats.items()]  # type: ignore[attr-defined]  # a ChoiceField
        for field in self.fields.values():
            dress(field)

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields of each person, under their heading."""
        return groups_of(self, self.places)

    def clean(self) -> dict[str, Any]:
        """A name goes with an address, and a deputy with a member."""
        data = super().clean()
        check_people(self, data, self.places, needed=True)
        return data

    def send(self) -> None:
        """Do it, once. Raises ActionRefused."""
        data = self.cleaned_data
        if not self.first_time():
            return
        propose_openly(
            self.call,
            names_of(self.seats[data["seat"]], data),
            organisation=data["organisation"],
            sender_name=data["sender_name"],
            sender_email=data["sender_email"],
            reasons=data["reasons"],
        )
