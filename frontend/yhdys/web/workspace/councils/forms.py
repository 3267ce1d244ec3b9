"""Forms of bodies, terms, seats and members."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.core.names import in_all
from yhdys.councils.enums import OFFICERS, Role
from yhdys.councils.models import Authority, Body, Membership, Seat, Term
from yhdys.organisations.models import Contact, Organisation
from yhdys.web.forms import Form
from yhdys.web.translated import TranslatedForm


def people() -> QuerySet[Contact]:
    """Everybody who can be appointed, by family name."""
    everybody: QuerySet[Contact] = Contact.objects.listed()
    return everybody


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A person, told apart by their organisation."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and organisation."""
        return f"{obj.name} ({obj.organisation})" if obj.organisation else str(obj.name)


def organisations() -> QuerySet[Organisation]:
    """The directory in its alphabet."""
    directory: QuerySet[Organisation] = Organisation.objects.by_name()
    return directory


class BodyForm(TranslatedForm):
    """What a body is."""

    class Meta:
        model = Body
        fields = [
            "kind", *in_all("name"), "parent", *in_all("purpose"), *in_all("composition"), "municipalities",
            "legal_standing", "founded_on", "founded_year", "appointing", "may_enlarge_itself", "quorum_rule",
            "quorum_number", "quorum_needs_chair", "minutes_kind", "balance", "controller", "email", "phone",
            *in_all("rules"),
        ]  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect,
            "legal_standing": forms.RadioSelect,
            "minutes_kind": forms.RadioSelect,
            "balance": forms.RadioSelect,
            "municipalities": forms.SelectMultiple(attrs={"size": 8}),
        } | {name: forms.Textarea(attrs={"rows": 5}) for name in in_all("purpose", "composition", "rules")}
        help_texts = {
            "parent": _("A working committee and a sub-regional council belong to another body."),
            "municipalities": _("Only for a body of a part of the region. Keep Ctrl down to choose several."),
            "legal_standing": _("An organ of the host is under the Openness Act and section 4 a of the Equality Act."),
            "founded_year": _("When the day is not known."),
            "controller": _("Who answers for the personal data of the body’s members."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Body.objects.listed()
        self.fields["parent"].queryset = others.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]  # of a ModelChoiceField


class TermForm(TranslatedForm):
    """A term's dates, and who convenes its first meeting."""

    convener = PersonField(
        Contact.objects.none(),
        label=_("Convener"),
        required=False,
        help_text=_("Has the secretary’s rights until the constitutive meeting has elected officers."),
    )

    class Meta:
        model = Term
        fields = ["start", "end", *in_all("name"), "is_pilot", "review_on", "convener", *in_all("notes")]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in in_all("notes")}
        help_texts = {
            "end": _("Leave empty if it is not known yet."),
            "name_fi": _("Leave empty to call it by its years."),
            "review_on": _("For a pilot: when the work is reviewed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["convener"].queryset = people()  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["name_fi"].required = False


class ContinueTermForm(Form):
    """How long a reviewed pilot goes on."""

    end = forms.DateField(label=_("New last day"), required=False, help_text=_("Leave empty to keep the last day."))


class ConstituteForm(Form):
    """What the constitutive meeting elected."""

    on = forms.DateField(label=_("Day of the constitutive meeting"))
    chair = PersonField(Contact.objects.none(), label=Role.CHAIR.label)
    vice_chair = PersonField(Contact.objects.none(), label=Role.VICE_CHAIR.label, required=False)
    secretary = PersonField(Contact.objects.none(), label=Role.SECRETARY.label, required=False)
    communications = PersonField(Contact.objects.none(), label=Role.COMMUNICATIONS.label, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in OFFICERS:
            self.fields[role.value].queryset = people()  # type: ignore[attr-defined]  # of a ModelChoiceField

    def elected(self) -> dict[Role, Contact]:
        """Whom the meeting elected to which office."""
        return {role: self.cleaned_data[role.value] for role in OFFICERS if self.cleaned_data[role.value]}


class SeatForm(TranslatedForm):
    """What a seat speaks for."""

    class Meta:
        model = Seat
        fields = [
            "represents", "sector", "organisation", "municipality", "authority", "county", "other_body",
            *in_all("label"), "by_post", "is_voting", "position", "start", "end",
        ]  # fmt: skip
        widgets = {"represents": forms.RadioSelect}
        help_texts = {
            "sector": _("An organisation may speak for a whole sector: choose both."),
            "label_fi": _("Needed for an expert or a post. Other seats are called by what they speak for."),
            "position": _("The order of the list. Left as 0, the seat comes last."),
            "start": _("Only if the seat begins later than the term."),
            "end": _("Only if the seat ends before the term."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations()  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["authority"].queryset = Authority.objects.listed()  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["label_fi"].required = False
        self.fields["position"].required = False

    def clean_position(self) -> int:
        """Empty is last."""
        return int(self.cleaned_data.get("position") or 0)


class HandOverForm(Form):
    """Who takes over an authority's seat."""

    to: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(Authority.objects.none(), label=_("Successor"))
    on = forms.DateField(label=_("From which day"))
    keep_holders = forms.BooleanField(label=_("The same people go on in the seat"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Authority.objects.listed()  # type: ignore[attr-defined]  # of a ModelChoiceField


class AppointForm(Form):
    """Who is appointed to what."""

    contact = PersonField(
        Contact.objects.none(),
        label=_("Person"),
        help_text=_("Somebody who is missing from the list is first added among the people."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.MEMBER)
    seat: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        Seat.objects.none(),
        label=_("Seat"),
        required=False,
        empty_label=pgettext_lazy("seat", "No seat: an officer"),
        help_text=_("A member, a deputy and an expert sit in a seat. An officer needs none."),
    )
    organisation: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("On behalf of the organisation"),
        required=False,
        help_text=_("Only if it is another than the seat’s."),
    )
    authority: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        Authority.objects.none(), label=_("On behalf of the authority"), required=False
    )
    start = forms.DateField(label=_("First day"), required=False, help_text=_("Left empty: from the term’s first day."))
    end = forms.DateField(label=_("Last day"), required=False, help_text=_("Left empty: to the term’s last day."))

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, QuerySet[Any]] = {
            "contact": people(),
            "seat": Seat.objects.of_term(term).listed(),
            "organisation": organisations(),
            "authority": Authority.objects.listed(),
        }
        for name, queryset in chosen.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # of a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """One sits for an organisation or for an authority."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("organisation") and cleaned.get("authority"):
            self.add_error("authority", _("Choose either an organisation or an authority."))
        return cleaned


class EndMembershipForm(Form):
    """Somebody's last day."""

    on = forms.DateField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today


class ReplaceForm(Form):
    """Who goes on in somebody's place."""

    contact = PersonField(Contact.objects.none(), label=_("New person"))
    start = forms.DateField(label=_("The new person’s first day"))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people().exclude(pk=membership.contact_id)  # type: ignore[attr-defined]  # of a ModelChoiceField
