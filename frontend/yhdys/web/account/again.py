"""Showing who one is once more, for those who have neither a password nor a second factor: a code by e-mail.

The library takes such people at their session's word for as long as it lives. Here a letter is sent when they ask for
it, never by opening the page, and its code is good in the session that asked.
"""

from typing import Any, Self

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.views import BaseReauthenticateView
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yhdys.accounts.letters import CODE_AGAIN
from yhdys.web.account.forms import CodeForm
from yhdys.web.requests import UserRequest

KEPT = "yhdys_code_again"
"""The session's key of a code that waits to be typed."""


class CodeAgain(AbstractCodeVerificationProcess):
    """A code that was sent, and waits in the session until it is typed, too old, or mistyped too often."""

    def __init__(self, request: UserRequest, state: dict[str, Any]) -> None:
        super().__init__(
            app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS, app_settings.LOGIN_BY_CODE_TIMEOUT, state, user=request.user
        )
        self.request = request

    @classmethod
    def waiting(cls, request: UserRequest) -> Self | None:
        """The code that the user of this session waits for, None if there is none."""
        state = request.session.get(KEPT)
        if state is None or state.get("user_id") != user_id_to_str(request.user):
            return None
        waiting: Self | None = cls(request, state).abort_if_invalid()
        return waiting

    @classmethod
    def begin(cls, request: UserRequest) -> None:
        """Send a code to the user's address; an earlier one is good no more."""
        begun = cls(request, cls.initial_state(request.user, email=request.user.email))
        begun.send()
        begun.persist()

    def send(self) -> None:
        self.state["code"] = get_adapter().generate_login_code()
        get_adapter().send_mail(CODE_AGAIN, self.state["email"], {"request": self.request, "code": self.code})

    def persist(self) -> None:
        self.request.session[KEPT] = self.state

    def abort(self) -> None:
        self.request.session.pop(KEPT, None)

    def finish(self) -> None:
        """The right code was typed."""
        self.abort()
        record_authentication(self.request, self.user, method="code", email=self.state["email"], reauthenticated=True)


@method_decorator(login_required, name="dispatch")
class CodeAgainView(BaseReauthenticateView):
    """GET …/account/confirm/code/ tells where a code can be sent; POST sends it, or takes the one that came."""

    request: UserRequest
    form_class = CodeForm
    template_name = "account/reauthenticate_by_code.html"

    @cached_property
    def waiting(self) -> CodeAgain | None:
        """The code that waits to be typed."""
        return CodeAgain.waiting(self.request)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs | {"code": self.waiting.code if self.waiting else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``verify_form`` only while a code waits to be typed."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"email": self.request.user.email, "verify_form": context["form"] if self.waiting else None}

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "send":
            if limited := consume_or_429(request, action="request_login_code", key=request.user.email):
                refused: HttpResponse = limited
                return refused
            CodeAgain.begin(request)
            return self.once_more()
        if self.waiting is None:
            messages.error(request, get_adapter().error_messages["invalid_or_expired_key"])
            return self.once_more()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: CodeForm) -> HttpResponse:
        assert self.waiting is not None
        self.waiting.finish()
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        assert self.waiting is not None
        if not self.waiting.record_invalid_attempt():
            messages.error(self.request, _("The code was wrong too many times. Ask for a new one."))
            return self.once_more()
        response: HttpResponse = super().form_invalid(form)
        return response

    def once_more(self) -> HttpResponseRedirect:
        """This page anew, on its way to where it led."""
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))
