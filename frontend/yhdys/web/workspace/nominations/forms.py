"""Forms of nomination calls at the desk."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core.names import in_all
from yhdys.councils.enums import Appointing
from yhdys.councils.models import Authority, ExternalDecision, Seat, Term
from yhdys.nominations.enums import CallState
from yhdys.nominations.models import CallInvitation, Nomination, NominationCall, Target
from yhdys.organisations.models import Contact, Organisation
from yhdys.web.forms import Form, ModelForm
from yhdys.web.translated import TranslatedForm
from yhdys.web.workspace.councils.forms import PersonField, organisations, people


class SeatsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Seats of a term, by their names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """The seat's name and, where another record speaks for it, that."""
        return (
            f"{obj.name} ({obj.organisation})" if obj.organisation and str(obj.organisation) != obj.name else obj.name
        )


class CallForm(TranslatedForm):
    """What is asked, of whom, by when. The seats and the order can be chosen until the opening."""

    seats = SeatsField(Seat.objects.none(), label=_("For which seats?"), required=False)

    class Meta:
        model = NominationCall
        fields = [
            "kind", "seats", "asks_deputies", "order", "decision", "opens_on", "deadline", *in_all("text"),
        ]  # fmt: skip
        labels = {"order": _("How are the members appointed?"), "kind": _("Who is asked?")}
        widgets = {"kind": forms.RadioSelect, "order": forms.RadioSelect} | {
            name: forms.Textarea(attrs={"rows": 6}) for name in in_all("text")
        }
        help_texts = {
            "decision": _("A decision that is missing is first added to the body’s decisions."),
            "opens_on": _("The day on which you mean to open it. The letters leave when you open it yourself."),
            "text_fi": _("Stands in the letter and on the page where names are given."),
        }

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"].queryset = Seat.objects.of_term(term).listed()  # type: ignore[attr-defined]  # of a choice
        self.fields["decision"].queryset = ExternalDecision.objects.of_body(term.body).listed()  # type: ignore[attr-defined]  # of a choice
        self.fields["order"].choices = Appointing.choices  # type: ignore[attr-defined]  # a ChoiceField
        if self.instance.state != CallState.DRAFT:
            for name in ("kind", "seats", "asks_deputies", "order", "opens_on"):
                del self.fields[name]

    def _save_m2m(self) -> None:
        """Left to the action."""


class InviteForm(Form):
    """Who is asked, and for which seats."""

    seats = SeatsField(Seat.objects.none(), label=_("For which seats?"))
    organisation: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False
    )
    authority: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Or an authority"), required=False
    )
    contact = PersonField(
        Contact.objects.none(),
        label=_("Person to write to"),
        required=False,
        help_text=_("Left empty, the letter goes to the organisation’s or registry’s own address."),
    )
    email = forms.EmailField(
        label=_("Another e-mail address"), required=False, max_length=254, help_text=_("Only if the letter goes there.")
    )

    def __init__(self, *args: Any, call: NominationCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, QuerySet[Any]] = {
            "seats": call.asked_seats,
            "organisation": organisations(),
            "authority": Authority.objects.listed(),
            "contact": people(),
        }
        for name, queryset in chosen.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]  # of a choice

    def clean(self) -> dict[str, Any]:
        """One of the two is asked."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("organisation")) == bool(data.get("authority")):
            self.add_error("organisation", _("Choose either an organisation or an authority."))
        return data


class AddressForm(ModelForm):
    """Where somebody who is asked is written to."""

    class Meta:
        model = CallInvitation
        fields = ["email"]


class ReasonForm(Form):
    """Why the balance of the Equality Act is not reached, where it has to be told."""

    balance_reason = forms.CharField(
        label=_("Why 40 % of women and men is not reached"),
        help_text=_("Stands in the proposal. Needed when the Equality Act binds the body."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AppointForm(ReasonForm):
    """By which decision, from which day."""

    decision: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        ExternalDecision.objects.none(), label=_("Decision of another body"), required=False
    )
    start = forms.DateField(label=_("The members’ first day"))
    field_order = ["decision", "start", "balance_reason"]

    def __init__(self, *args: Any, call: NominationCall, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisions = ExternalDecision.objects.of_body(call.body).listed()
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]  # of a choice
        self.fields["decision"].required = call.needs_decision_after
        if not needs_reason:
            del self.fields["balance_reason"]


class ReturnForm(Form):
    """Why a proposal goes back to the field."""

    reason = forms.CharField(
        label=_("Why is the proposal returned?"),
        help_text=_("Everybody who was asked gets a letter with these words."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    deadline = forms.DateField(label=_("New last day for answers"))


class LinkForm(ModelForm):
    """Which organisation of the directory a proposal comes from."""

    class Meta:
        model = Nomination
        fields = ["organisation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations()  # type: ignore[attr-defined]  # of a choice
        self.fields["organisation"].required = True


class TargetForm(ModelForm):
    """How many members are wanted, of what."""

    class Meta:
        model = Target
        fields = ["kind", "sector", "municipality", "seat_kind", "at_least"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": pgettext_lazy("target of balance", "What is the target about?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].label = _("Which sector?")
        self.fields["municipality"].label = _("Which municipality?")
        self.fields["seat_kind"].label = _("Which kind of seat?")

    def clean(self) -> dict[str, Any]:
        """Only what the kind asks for is kept."""
        data = super().clean() or self.cleaned_data
        kept = data.get("kind")
        for name in ("sector", "municipality", "seat_kind"):
            if name != kept:
                data[name] = "" if name == "seat_kind" else None
        return data

    def validate_constraints(self) -> None:
        """Left to the action."""

    def validate_unique(self) -> None:
        """Left to the action."""
