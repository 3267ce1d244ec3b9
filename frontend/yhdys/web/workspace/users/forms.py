"""Forms of the administration of users."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.accounts.models import StaffRole
from yhdys.accounts.queries import LONGEST_ADDRESS
from yhdys.web.forms import FilterForm, Form


def _check_dates(form: forms.Form) -> None:
    start, end = form.cleaned_data.get("start"), form.cleaned_data.get("end")
    if start and end and end < start:
        form.add_error("end", _("The last day cannot be before the first."))


class UserFilter(FilterForm):
    """Whom to show."""

    q = forms.CharField(label=_("Name or e-mail address"))
    show = forms.ChoiceField(
        label=pgettext_lazy("filter", "Show"),
        choices=[
            ("", pgettext_lazy("users", "Open accounts")),
            ("staff", pgettext_lazy("users", "With a staff role")),
            ("invited", pgettext_lazy("users", "Invited, not signed in yet")),
            ("closed", pgettext_lazy("users", "Closed accounts")),
        ],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class InvitationForm(Form):
    """Whom to invite."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("The invitation is sent here, and the person signs in with it."),
    )
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, initial="fi", widget=forms.RadioSelect
    )
    role = forms.ChoiceField(
        label=_("Staff role"),
        choices=[("", pgettext_lazy("staff role", "None: rights come from memberships")), *StaffRole.Role.choices],
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Members, chairs and secretaries of bodies need none. An administrator manages users and settings, an "
            "editor writes and publishes, an observer sees everything and changes nothing."
        ),
    )
    start = forms.DateField(
        label=_("First day of the role"), required=False, help_text=_("Left empty: at once. For a staff role only.")
    )
    end = forms.DateField(
        label=_("Last day of the role"),
        required=False,
        help_text=_("Left empty: until further notice. For a staff role only."),
    )

    def clean(self) -> dict[str, Any]:
        """A time without a role, and an end before the beginning, are told beside the field."""
        wishes = super().clean() or {}
        for name in ("start", "end"):
            if wishes.get(name) and not wishes.get("role"):
                self.add_error(name, _("Choose a staff role, or leave this empty."))
        _check_dates(self)
        return wishes


class RoleForm(Form):
    """Which role, and for which time."""

    role = forms.ChoiceField(label=_("Staff role"), choices=StaffRole.Role.choices, widget=forms.RadioSelect)
    start = forms.DateField(label=_("First day"), required=False, help_text=_("Left empty: at once"))
    end = forms.DateField(label=_("Last day"), required=False, help_text=_("Left empty: until further notice"))

    def clean(self) -> dict[str, Any]:
        """An end before the beginning is told beside the field."""
        wishes = super().clean() or {}
        _check_dates(self)
        return wishes


class EndRoleForm(Form):
    """When a role ends."""

    last_day = forms.DateField(label=_("Last day"))
