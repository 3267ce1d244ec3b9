"""One's own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.accounts.actions import change_profile, sign_out_everywhere
from yhdys.accounts.models import User
from yhdys.accounts.second_factor import has_second_factor, second_factor_required
from yhdys.web.forms import Form
from yhdys.web.workspace.base import ActionView, FormPage, Page, WorkspaceView


class ProfileForm(Form):
    """What others call the user, and in which language letters come."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect(attrs={"class": ""})
    )


class OwnAccountMixin(WorkspaceView):
    """A view about the account of whoever is signed in."""

    permission = "accounts.change_own_account"

    def permission_object(self) -> User:
        return self.request.user


class AccountPage(OwnAccountMixin, Page):
    """GET …/account/: name, address, password, second factors."""

    template_name = "workspace/account/account.html"

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return super().context() | {
            "language": dict(settings.LANGUAGES).get(user.language, user.language),
            "has_second_factor": has_second_factor(user),
            "second_factor_required": second_factor_required(user),
        }


class ProfilePage(OwnAccountMixin, FormPage):
    """GET, POST …/account/profile/."""

    template_name = "workspace/account/profile.html"
    form_class = ProfileForm
    success_message = _("Your details were saved.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"name": self.request.user.name, "language": self.request.user.language}}

    def perform(self, form: ProfileForm) -> str:
        change_profile(self.request.user, **form.cleaned_data, by=self.request.user)
        return reverse("workspace:account")


class SessionsView(OwnAccountMixin, ActionView):
    """POST …/account/sessions/end/: signed out on every device but this one."""

    success_message = _("You were signed out on all other devices.")

    def perform(self) -> str:
        sign_out_everywhere(self.request.user, by=self.request.user)
        update_session_auth_hash(self.request, self.request.user)
        return reverse("workspace:account")
