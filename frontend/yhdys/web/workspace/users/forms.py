"""Forms of the administration of users."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.accounts.models import StaffRole
from yhdys.web.forms import FilterForm, Form


class UserFilter(FilterForm):
    """Whom to show."""

    q = forms.CharField(label=_("Name or e-mail address"))
    show = forms.ChoiceField(
        label=pgettext_lazy("filter", "Show"),
        choices=[
            ("", pgettext_lazy("users", "Open accounts")),
            ("staff", pgettext_lazy("users", "With a staff role")),
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
        label=_("E-mail address"), help_text=_("The invitation is sent here, and the person signs in with it.")
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


class RoleForm(Form):
    """Which role, and for which time."""

    role = forms.ChoiceField(label=_("Staff role"), choices=StaffRole.Role.choices, widget=forms.RadioSelect)
    start = forms.DateField(label=_("First day"), required=False, help_text=_("Left empty: at once"))
    end = forms.DateField(label=_("Last day"), required=False, help_text=_("Left empty: until further notice"))


class EndRoleForm(Form):
    """When a role ends."""

    last_day = forms.DateField(label=_("Last day"))
