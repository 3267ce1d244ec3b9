"""One's own account."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django import forms
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.accounts.actions import change_profile, end_session, leave, sign_out_everywhere, unlink_identity
from yhdys.accounts.identity import linked_to, not_linked_to
from yhdys.accounts.models import Session, User
from yhdys.accounts.queries import ERASED_AFTER
from yhdys.accounts.second_factor import has_second_factor, second_factor_required
from yhdys.accounts.sessions import handle_of
from yhdys.web.forms import Form
from yhdys.web.requests import UserRequest
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
    """GET …/account/: name, address, password, second factors, and where one is signed in."""

    template_name = "workspace/account/account.html"

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return super().context() | {
            "language": dict(settings.LANGUAGES).get(user.language, user.language),
            "has_second_factor": has_second_factor(user),
            "second_factor_required": second_factor_required(user),
            "sessions": Session.objects.of(user),
            "this_session": handle_of(self.request.session),
            "identities": linked_to(user),
            "services": not_linked_to(user),
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


class SessionEndView(OwnAccountMixin, ActionView):
    """POST …/account/sessions/<handle>/end/: signed out on one device; on this one, too, if it is the one."""

    success_message = _("You were signed out on that device.")

    def perform(self) -> str:
        handle: UUID = self.kwargs["handle"]
        if handle == handle_of(self.request.session):
            logout(self.request)
            return reverse("account_login")
        if not end_session(self.request.user, handle, by=self.request.user):
            raise Http404
        return reverse("workspace:account")


class UnlinkView(OwnAccountMixin, ActionView):
    """POST …/account/services/<pk>/unlink/: an identity elsewhere opens the account no more. Asks who is there."""

    success_message = _("The sign-in service was unlinked from your account.")

    def perform(self) -> str:
        raise_if_reauthentication_required(self.request, app="allauth.socialaccount")
        if not unlink_identity(self.request.user, self.kwargs["pk"]):
            raise Http404
        return reverse("workspace:account")


class SessionsView(OwnAccountMixin, ActionView):
    """POST …/account/sessions/end/: signed out on every device but this one."""

    success_message = _("You were signed out on all other devices.")

    def perform(self) -> str:
        sign_out_everywhere(self.request.user, by=self.request.user)
        update_session_auth_hash(self.request, self.request.user)
        return reverse("workspace:account")


class LeaveForm(Form):
    """A box to tick, so that nobody leaves by mistake."""

    sure = forms.BooleanField(label=_("I understand that I can no longer sign in"))


class LeavePage(OwnAccountMixin, FormPage):
    """GET tells what happens, POST …/account/leave/ closes one's own account. Asks who is there once more."""

    template_name = "workspace/account/leave.html"
    form_class = LeaveForm

    def get(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise_if_reauthentication_required(request, app="allauth.account")
        return super().get(request, *args, **kwargs)

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise_if_reauthentication_required(request, app="allauth.account")
        return super().post(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return super().context() | {"days": ERASED_AFTER.days}

    def perform(self, form: LeaveForm) -> str:
        leave(self.request.user)
        logout(self.request)
        return reverse("account_inactive")
