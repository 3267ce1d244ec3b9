"""Out to an identity provider and back. The library does the talking; refusals become pages."""

from allauth.core.ratelimit import consume_or_429
from allauth.socialaccount.internal.statekit import STATES_SESSION_KEY
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from requests import RequestException

from yhdys.accounts.identity import IssuerAdapter


def sign_in_at(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """POST …/service/<provider>/: a page that leads on to the provider. Nobody is sent there by a mere link.

    A page, not a redirect: the content security policy lets no form lead to another site.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("account_login"))
    if limited := consume_or_429(request, action="login"):
        refused: HttpResponse = limited
        return refused
    adapter = IssuerAdapter(request, provider_id)
    try:
        answer: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
        name = adapter.get_provider().app.name
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error, ValueError):
        return _failed(request)
    if isinstance(answer, HttpResponseRedirect):
        return render(request, "socialaccount/leaving.html", {"url": answer.url, "name": name})
    return answer


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """GET …/return/: the provider says who it is. What it says counts only in the browser that was sent there."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    _speak_as_before(request)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(IssuerAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, OAuth2Error, ValueError):
        return _failed(request)
    return answer


def _failed(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=503)


def _speak_as_before(request: HttpRequest) -> None:
    """The address of return has no language: take that of the page on which the person set out."""
    waiting = request.session.get(STATES_SESSION_KEY) or {}
    stashed = waiting.get(request.GET.get("state", ""))
    set_out = str((stashed[0] if stashed else {}).get("next") or "")
    language = translation.get_language_from_path(set_out) or settings.LANGUAGE_CODE
    translation.activate(language)
    request.LANGUAGE_CODE = language
