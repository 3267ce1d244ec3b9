"""The fields by which people are named for a seat: behind a letter's link, in the public form, at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdys.councils.models import Seat
from yhdys.nominations.actions import Names, Person
from yhdys.nominations.enums import Gender, Place
from yhdys.nominations.models import CallInvitation, Nomination
from yhdys.web.forms import Form, dress

_LEGENDS = {Place.MEMBER: _("Member"), Place.DEPUTY: _("Deputy")}
_TOLD = ("name", "email", "phone", "gender", "publishes_email", "publishes_phone")


def person_fields(place: Place, *, required: bool) -> dict[str, forms.Field]:
    """The fields of one person, by names that begin with the place."""
    return {
        f"{place}_name": forms.CharField(label=_("First name and family name"), max_length=150, required=required),
        f"{place}_email": forms.EmailField(
            label=_("The person’s own e-mail address"),
            max_length=254,
            required=required,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        ),
        f"{place}_phone": forms.CharField(
            label=_("Telephone number"),
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        ),
        f"{place}_gender": forms.ChoiceField(
            label=_("Gender"),
            help_text=_("Asked because of the Equality Act. It need not be told."),
            choices=[*Gender.choices, ("", _("Not told"))],
            initial="",
            required=False,
            widget=forms.RadioSelect,
        ),
        f"{place}_publishes_email": forms.BooleanField(
            label=_("The person agrees that the e-mail address is published on the council’s page"), required=False
        ),
        f"{place}_publishes_phone": forms.BooleanField(
            label=_("The person agrees that the telephone number is published on the council’s page"), required=False
        ),
    }


class NamingForm(Form):
    """Who is named for one seat: a member, and a deputy where they are asked. ``needed``: not one of several."""

    def __init__(self, *args: Any, seat: Seat, deputies: bool, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat
        self.places = (Place.MEMBER, Place.DEPUTY) if deputies else (Place.MEMBER,)
        for place in self.places:
            self.fields |= person_fields(place, required=False)
        self.needed = needed
        for field in self.fields.values():
            dress(field)

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """The fields of each person, under their heading."""
        return groups_of(self, self.places)

    def clean(self) -> dict[str, Any]:
        """A name goes with an address, and a deputy with a member."""
        data = super().clean() or self.cleaned_data
        check_people(self, data, self.places, needed=self.needed)
        return data

    def names(self) -> Names:
        """What was filled in, as the action takes it."""
        return names_of(self.seat, self.cleaned_data)


def groups_of(form: Any, places: tuple[Place, ...]) -> list[tuple[Any, list[Any]]]:
    """The bound fields of each person with a legend."""
    return [(_LEGENDS[place], [form[f"{place}_{told}"] for told in _TOLD]) for place in places]


def check_people(form: Any, data: dict[str, Any], places: tuple[Place, ...], *, needed: bool) -> None:
    """Say at the right field what is missing of the people."""
    filled = {place: bool(data.get(f"{place}_name") or data.get(f"{place}_email")) for place in places}
    for place in places:
        if not filled[place]:
            continue
        for told in ("name", "email"):
            field = f"{place}_{told}"
            if not data.get(field) and field not in form.errors:
                form.add_error(field, form.fields[field].error_messages["required"])
    if filled.get(Place.DEPUTY) and not filled[Place.MEMBER]:
        form.add_error("member_name", _("Name the member first: a vacant seat has no deputy."))
    elif needed and not filled[Place.MEMBER] and "member_name" not in form.errors:
        form.add_error("member_name", _("Write the member’s name."))


def names_of(seat: Seat, data: dict[str, Any]) -> Names:
    """The people of a form for one seat."""
    people: dict[Place, Person | None] = {}
    for place in Place:
        told = {name: data.get(f"{place}_{name}") for name in _TOLD}
        people[place] = (
            Person(
                name=told["name"] or "",
                email=told["email"] or "",
                phone=told["phone"] or "",
                gender=told["gender"] or "",
                publishes_email=bool(told["publishes_email"]),
                publishes_phone=bool(told["publishes_phone"]),
            )
            if told["name"] or told["email"]
            else None
        )
    return Names(seat, people[Place.MEMBER], people[Place.DEPUTY])


def initial_of(nomination: Nomination | None) -> dict[str, Any]:
    """What a form shows of names that were given before."""
    if nomination is None:
        return {}
    return {f"{one.place}_{told}": getattr(one, told) for one in nomination.nominees.all() for told in _TOLD}


class NamingForms:
    """The forms of all seats for which an organisation is asked, as one: all are right, or none is sent."""

    def __init__(self, data: Any = None, *, invitation: CallInvitation) -> None:
        given = {one.seat_id: one for one in invitation.nominations.with_people()}
        seats = list(invitation.asked_seats)
        self.forms = [
            NamingForm(
                data,
                prefix=f"seat{number}",
                seat=seat,
                deputies=invitation.call.asks_deputies,
                needed=len(seats) == 1,
                initial=initial_of(given.get(seat.pk)),
            )
            for number, seat in enumerate(seats, start=1)
        ]
        self.is_bound = data is not None

    def is_valid(self) -> bool:
        """Whether every form is; each is asked, so that every mistake is said at once."""
        return not [form for form in self.forms if not form.is_valid()]

    def add_error(self, field: str | None, error: Any) -> None:
        """Say why it could not be done, above the first form."""
        self.forms[0].add_error(field, error)

    @property
    def mistaken(self) -> NamingForm | None:
        """The first form with mistakes."""
        return next((form for form in self.forms if form.is_bound and form.errors), None)

    def names(self) -> list[Names]:
        """What was filled in, as the action takes it."""
        return [form.names() for form in self.forms]
