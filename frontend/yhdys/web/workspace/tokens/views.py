"""One's own API tokens: made, shown once, listed, revoked."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from yhdys.core.errors import ActionRefused
from yhdys.tokens.actions import make_token, revoke_token
from yhdys.tokens.models import AccessToken
from yhdys.web.requests import UserRequest
from yhdys.web.workspace.account import OwnAccountMixin
from yhdys.web.workspace.base import FormPage, ListPage, RecordActionView
from yhdys.web.workspace.tokens.forms import TokenForm


class TokenListPage(OwnAccountMixin, ListPage):
    """GET …/account/tokens/."""

    template_name = "workspace/tokens/list.html"

    def queryset(self) -> QuerySet[AccessToken]:
        tokens: QuerySet[AccessToken] = AccessToken.objects.visible_to(self.request.user).listed()
        return tokens


@method_decorator(reauthentication_required, name="dispatch")
class NewTokenPage(OwnAccountMixin, FormPage):
    """GET, POST …/account/tokens/new/: the answer to the POST is the only page that ever shows the token.

    Who left a screen open does not leave this open too: whoever has not signed in lately does it again first.
    """

    permission = "tokens.make_token"
    template_name = "workspace/tokens/new.html"
    form_class = TokenForm

    def post(self, request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form: TokenForm = self.form
        if not form.is_valid():
            return self.render(status=422)
        name, scopes = form.cleaned_data["name"], form.cleaned_data["scopes"]
        try:
            token, text = make_token(request.user, name=name, scopes=scopes, lifetime=form.lifetime, by=request.user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return self.render(status=409)
        self.template_name = "workspace/tokens/made.html"  # type: ignore[misc]  # this answer's own
        return self.render(status=201, token=token, text=text)


class RevocationView(RecordActionView):
    """POST …/account/tokens/<pk>/revocation/."""

    model = AccessToken
    permission = "tokens.revoke_token"
    success_message = _("The token was revoked. Programs that use it are shut out from now on.")

    def perform(self) -> str:
        revoke_token(self.record, by=self.request.user)
        return self.refused_url()

    def refused_url(self) -> str:
        return reverse("workspace:tokens")
