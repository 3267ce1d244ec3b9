"""Forms of the legal pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdys.web.forms import Form
from yhdys.web.public.forms import PublicForm


class FeedbackForm(PublicForm, Form):
    """Feedback on accessibility, from anybody; a name and an address are not needed."""

    name = "accessibility_feedback"

    message = forms.CharField(
        label=_("What was not accessible?"),
        help_text=_("Tell what you tried to do and what prevented it. If you use an assistive device, tell which."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    page = forms.CharField(
        label=_("On which page?"), help_text=_("Its address or name."), max_length=300, required=False
    )
    who = forms.CharField(
        label=_("Your name"), max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We need it only to answer you. Without it your feedback is anonymous."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    @property
    def words(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        data = self.cleaned_data
        return {"message": data["message"], "page": data["page"], "name": data["who"], "email": data["email"]}
