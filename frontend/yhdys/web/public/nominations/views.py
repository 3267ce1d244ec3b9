"""The page behind the link in a request to name representatives, and the public form of an open request.

The link is the organisation's right to answer. GET only shows, for mail scanners follow every link; POST acts. Nobody
signs in and no cookie is set, and the page is never kept by a cache nor indexed. Names that were given are shown to
whoever has the link, and to nobody else (law.md 10).
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yhdys.core.errors import ActionRefused
from yhdys.nominations.actions import answer_call, decline_call
from yhdys.nominations.emails import ANSWER
from yhdys.nominations.enums import Door, Reply
from yhdys.nominations.models import CallInvitation, NominationCall
from yhdys.site.queries import region_settings
from yhdys.tenancy import links
from yhdys.tenancy.models import ActionLink
from yhdys.web.kept.asked import public_page
from yhdys.web.naming import NamingForms
from yhdys.web.public.forms import public_form
from yhdys.web.public.meetings.answer import private
from yhdys.web.public.nominations.forms import DecliningForm, ProposalForm
from yhdys.web.requests import RegionRequest

VERSION = "version"


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def nomination(request: HttpRequest, token: str) -> HttpResponse:
    """GET what is asked and the form, POST the names, or that nobody is named; leads back here."""
    link = links.resolve(token, ANSWER)
    invitation = _invitation(link)
    if link is None or invitation is None:
        return private(render(request, "public/nominations/gone.html", _whom_to_ask(), status=410))
    sent = request.POST if request.method == "POST" else None
    declines = sent is not None and "decline" in sent
    naming = NamingForms(None if declines else sent, invitation=invitation)
    declining = DecliningForm(sent if declines else None, initial={"note": invitation.note})
    if sent is None:
        return _page(request, token, invitation, naming, declining)
    wanted: NamingForms | DecliningForm = declining if declines else naming
    if not wanted.is_valid():
        return _page(request, token, invitation, naming, declining, status=422)
    version = sent.get(VERSION, "")
    try:
        if declines:
            decline_call(invitation, note=declining.cleaned_data["note"], way=Door.LINK, version=version)
        else:
            answer_call(invitation, naming.names(), way=Door.LINK, version=version)
    except ActionRefused as refusal:
        wanted.add_error(None, str(refusal))
        return _page(request, token, _invitation(link) or invitation, naming, declining, status=409)
    links.mark_used(link)
    return private(HttpResponseRedirect(f"{reverse('public:nomination', kwargs={'token': token})}?saved=1"))


def _invitation(link: ActionLink | None) -> CallInvitation | None:
    if link is None:
        return None
    found: CallInvitation | None = CallInvitation.objects.listed().of_link(link).first()
    return found


def _page(
    request: HttpRequest,
    token: str,
    invitation: CallInvitation,
    naming: NamingForms,
    declining: DecliningForm,
    status: int = 200,
) -> HttpResponse:
    call = invitation.call
    may_answer = call.takes_corrections if invitation.is_answered else call.takes_answers
    bound = naming.is_bound or declining.is_bound
    context = {
        "token": token,
        "call": call,
        "body": call.body,
        "invitation": invitation,
        "seats": [form.seat for form in naming.forms],
        "forms": naming.forms,
        "with_mistakes": naming.mistaken or (declining if declining.errors else None),
        "declining": declining,
        "declines": declining.is_bound,
        "version": invitation.version,
        "given": list(invitation.nominations.with_people()),
        "has_declined": invitation.reply == Reply.DECLINED,
        "may_answer": may_answer,
        "changing": may_answer and (bound or not invitation.is_answered or "change" in request.GET),
        "saved": invitation.is_answered and not bound and "saved" in request.GET,
        **_whom_to_ask(invitation),
    }
    return private(render(request, "public/nominations/answer.html", context, status=status))


def _whom_to_ask(invitation: CallInvitation | None = None) -> dict[str, str]:
    """Where somebody turns whose link does not help: the body's own address, else the region's."""
    face = region_settings()
    body = invitation.call.body if invitation is not None else None
    return {
        "ask_name": str(body or face.council_name),
        "ask_email": (body.email if body is not None else "") or face.reply_to or face.sender_email,
        "ask_phone": (body.phone if body is not None else "") or face.phone,
    }


@public_page()
@require_http_methods(["GET", "HEAD", "POST"])
@public_form
def call(request: RegionRequest, slug: str) -> HttpResponse:
    """GET an open request and its form, POST a proposal. A robot and a form sent twice are answered as everybody."""
    found = get_object_or_404(NominationCall.objects.in_public(), slug=slug)
    form = ProposalForm(request.POST if request.method == "POST" else None, request=request, call=found)
    status = form.status
    if form.is_bound and status == 200:
        try:
            form.send()
            return HttpResponseRedirect(reverse("public:nomination-received", kwargs={"slug": slug}))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            status = 409
    context = {"call": found, "body": found.body, "form": form, "last_edited": found.updated_at}
    return render(request, "public/nominations/call.html", context, status=status)


@public_page()
@require_safe
def received(request: RegionRequest, slug: str) -> HttpResponse:
    """GET what happens next to a proposal."""
    found = get_object_or_404(NominationCall.objects.in_public(), slug=slug)
    return render(request, "public/nominations/received.html", {"call": found, "body": found.body})
