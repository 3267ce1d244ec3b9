"""Sign-in and invitations."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStage
from allauth.account.views import LoginView, RequestLoginCodeView
from allauth.core.ratelimit import consume_or_429
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.views import View

from yhdys.accounts.actions import accept_invitation
from yhdys.accounts.adapters import MFAAdapter
from yhdys.accounts.models import User
from yhdys.accounts.queries import INVITATION
from yhdys.accounts.second_factor import may_remove
from yhdys.core.errors import ActionRefused
from yhdys.tenancy import links
from yhdys.tenancy.models import ActionLink
from yhdys.web.account.forms import InvitationForm


def ours(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of the sign-in library on our pages: nothing is kept in caches, and ``site`` stays our own.

    The library puts Django's ``site`` (a host name) where the layouts have the region's face.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data.pop("site", None)
        add_never_cache_headers(response)
        return response

    return page


class BesideWaitingCode:
    """Mixin: a code that waits to be typed shuts no other way. The library would lead back to the code's page."""

    waits_for_code = False

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> HttpResponseRedirect | None:
        if stage.key != LoginByCodeStage.key:
            elsewhere: HttpResponseRedirect | None = super()._redirect_to_pending_stage(request, stage)  # type: ignore[misc]  # the library's
            return elsewhere
        self.waits_for_code = True
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With ``waits_for_code``: the page says so and leads to where it is typed."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # the library's
        return context | {"waits_for_code": self.waits_for_code}


class SignInView(BesideWaitingCode, LoginView):
    """E-mail and password, and the other ways."""


class AskForCodeView(BesideWaitingCode, RequestLoginCodeView):
    """A code by e-mail; another one, if the first went to a wrong address."""


class RemovePasskeyView(RemoveWebAuthnView):
    """Remove a passkey. An administrator's last second factor stays; the page says why."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"refusal": self._refusal(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        if refusal := self._refusal(self.object):
            context = self.get_context_data(form=form, refusal=refusal)
            return TemplateResponse(self.request, self.template_name, context, status=409)
        response: HttpResponse = super().form_valid(form)
        return response

    @staticmethod
    def _refusal(authenticator: Any) -> str:
        return "" if may_remove(authenticator) else str(MFAAdapter.error_messages["cannot_delete_authenticator"])


class InvitationView(View):
    """The link of an invitation. GET shows who is invited where, POST lets them in; mail scanners only GET."""

    template_name: ClassVar[str] = "account/invitation.html"

    @cached_property
    def link(self) -> ActionLink | None:
        """The link that the address names, None when it opens nothing (any more)."""
        return links.resolve(self.kwargs["token"], INVITATION)

    @cached_property
    def invited(self) -> User | None:
        """Who is invited."""
        return User.objects.active().filter(pk=self.link.target_id).first() if self.link else None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = consume_or_429(request, action="reset_password_from_key") or super().dispatch(
            request, *args, **kwargs
        )
        add_never_cache_headers(response)
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if self.invited is None:
            return self.gone()
        return self.page(InvitationForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponseBase:
        if self.link is None or self.invited is None:
            return self.gone()
        form = InvitationForm(request.POST)
        if not form.is_valid():
            return self.page(form, 422)
        try:
            user = accept_invitation(self.link, password=form.cleaned_data["password"] or None)
        except ActionRefused as refusal:
            form.add_error("password" if form.cleaned_data["password"] else None, str(refusal))
            return self.page(form, 409)
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("workspace:home"))
        record_authentication(request, user, method="code", email=user.email)
        response: HttpResponseBase = perform_login(request, Login(user=user, email=user.email))
        return response

    def page(self, form: InvitationForm, status: int = 200) -> HttpResponse:
        return render(self.request, self.template_name, {"form": form, "invited": self.invited}, status=status)

    def gone(self) -> HttpResponse:
        """Used, revoked, too old, or another region's: the page does not tell which."""
        return render(self.request, "account/invitation_gone.html", status=410)
