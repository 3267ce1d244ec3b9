"""The form of a new token."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.tokens.queries import scopes_here
from yhdys.web.forms import Form

LIVES = (
    (30, pgettext_lazy("life of a token", "30 days")),
    (90, pgettext_lazy("life of a token", "90 days")),
    (365, pgettext_lazy("life of a token", "A year")),
)


class TokenForm(Form):
    """What the token is called, what it may do and for how long."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("For which program, such as “Meetings on our website”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the token may do"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as little as the program needs. It can never do more than you can yourself."),
    )
    days = forms.TypedChoiceField(
        label=_("How long it is good for"), choices=LIVES, coerce=int, initial=90, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(scope.value, scope.label) for scope in scopes_here()]

    @property
    def lifetime(self) -> timedelta:
        """How long the token is to live, once the form is valid."""
        return timedelta(days=self.cleaned_data["days"])
