"""The page behind the link in an invitation: GET only shows, for mail scanners follow every link; POST answers.

Nobody signs in and no cookie is set. The link itself is the right to answer, for one person and one meeting, so its
page is never kept by a cache, never indexed, and its address is told to no other site.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yhdys.core.errors import ActionRefused
from yhdys.councils.models import Membership
from yhdys.meetings.actions import answer_invitation
from yhdys.meetings.actions.reading import note_items_read, note_paper_read
from yhdys.meetings.documents import agenda_document, no_address
from yhdys.meetings.emails import ANSWER
from yhdys.meetings.enums import FOR_INFORMATION, Answer, AnsweredBy, MeetingState
from yhdys.meetings.models import AgendaItem, Invitation, Paper
from yhdys.meetings.queries import agenda_for, deputies_for, may_read_paper, present_invitation
from yhdys.site.queries import region_settings
from yhdys.tenancy import links
from yhdys.tenancy.models import ActionLink
from yhdys.web.files import document_response, paper_response
from yhdys.web.forms import Form
from yhdys.web.public.forms import public_form
from yhdys.web.public.meetings.views import with_papers


class AnswerForm(Form):
    """One choice; a deputy where there are several; a note."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("answer form", "Are you coming?"), choices=(), widget=forms.RadioSelect
    )
    deputy = forms.ChoiceField(label=_("Which deputy comes?"), choices=(), required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Message to the secretary"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, invitation: Invitation, deputies: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deputies = {str(one.contact_id): one.contact for one in deputies}
        choices = [(Answer.ATTENDING.value, pgettext_lazy("answer form", "I am coming"))]
        if invitation.convocation.meeting.remote_link:
            choices.append((Answer.REMOTE.value, pgettext_lazy("answer form", "I take part remotely")))
        choices.append((Answer.DECLINED.value, pgettext_lazy("answer form", "I am not coming")))
        if deputies:
            one = deputies[0].contact.name if len(deputies) == 1 else ""
            label = pgettext_lazy("answer form", "My deputy comes") if not one else _deputy_comes(one)
            choices.append((Answer.DEPUTY.value, label))
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if len(deputies) > 1:
            self.fields["deputy"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
                (key, contact.name) for key, contact in self.deputies.items()
            ]
        else:
            del self.fields["deputy"]

    def clean(self) -> dict[str, Any]:
        """With several deputies the one who comes is named."""
        data = super().clean() or {}
        if data.get("answer") == Answer.DEPUTY and "deputy" in self.fields and not data.get("deputy"):
            self.add_error("deputy", _("Choose which deputy comes."))
        data["deputy_contact"] = self.deputies.get(data.get("deputy", "")) or next(iter(self.deputies.values()), None)
        return data


def _deputy_comes(name: str) -> Any:
    return pgettext_lazy("answer form", "My deputy comes: {name}").format(name=name)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the meeting and the choices, POST takes the answer and leads back here."""
    link = links.resolve(token, ANSWER)
    invitation = _invitation(link)
    if link is None or invitation is None:
        return private(render(request, "public/meetings/answer_gone.html", _whom_to_ask(), status=410))
    deputies = deputies_for(invitation)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, invitation=invitation, deputies=deputies, initial=_initial(invitation))
    if sent is None:
        return _page(request, token, invitation, form)
    if not form.is_valid():
        return _page(request, token, invitation, form, status=422)
    given = form.cleaned_data
    try:
        answer_invitation(
            invitation,
            answer=given["answer"],
            deputy=given["deputy_contact"] if given["answer"] == Answer.DEPUTY else None,
            note=given["note"],
            way=AnsweredBy.LINK,
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, token, invitation, form, status=409)
    links.mark_used(link)
    return private(HttpResponseRedirect(f"{reverse('public:answer', kwargs={'token': token})}?saved=1"))


@require_safe
def paper(request: HttpRequest, token: str, number: int, filename: str) -> HttpResponseBase:
    """GET a paper that the called one may read."""
    invitation = _invitation(links.resolve(token, ANSWER))
    if invitation is None:
        raise Http404
    papers = invitation.convocation.meeting.papers.select_related("item")
    found = get_object_or_404(papers, number=number, filename=filename)
    if not may_read_paper(invitation, found):
        raise Http404
    note_paper_read(found, by=invitation)
    return paper_response(found, public=False)


@require_safe
def agenda_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET the agenda as the called one may read it, as a PDF file."""
    invitation = _invitation(links.resolve(token, ANSWER))
    if invitation is None or not invitation.convocation.meeting.agenda_is_public:
        raise Http404
    items, papers = _agenda_of(invitation)
    meeting = invitation.convocation.meeting
    note_items_read(meeting, items, by=invitation)
    return document_response(agenda_document(meeting, items=items, papers=papers, address=no_address))


def _agenda_of(invitation: Invitation) -> tuple[list[AgendaItem], list[Paper]]:
    """The items and papers that the called one may read, once the meeting has been called."""
    meeting = invitation.convocation.meeting
    if not meeting.agenda_is_public:
        return [], []
    papers = [one for one in meeting.papers.select_related("item") if may_read_paper(invitation, one)]
    return agenda_for(invitation), papers


def _invitation(link: ActionLink | None) -> Invitation | None:
    """The person's invitation in the latest call: an old letter leads to the time that now holds."""
    if link is None:
        return None
    invitations = Invitation.objects.for_answering()
    found = invitations.filter(pk=link.target_id).first()
    if found is None:
        return None
    present = present_invitation(found)
    return invitations.get(pk=present.pk) if present is not None else found


def _initial(invitation: Invitation) -> dict[str, str]:
    if not invitation.is_answered:
        return {}
    return {"answer": invitation.answer, "deputy": str(invitation.deputy_id or ""), "note": invitation.note}


def _page(
    request: HttpRequest, token: str, invitation: Invitation, form: AnswerForm, status: int = 200
) -> HttpResponse:
    meeting = invitation.convocation.meeting
    is_open = meeting.state == MeetingState.CONVENED and not meeting.has_begun
    items, papers = _agenda_of(invitation)
    with_papers(items, papers)
    context = {
        "token": token,
        "invitation": invitation,
        "meeting": meeting,
        "form": form,
        "is_open": is_open,
        "is_cancelled": meeting.state == MeetingState.CANCELLED,
        "is_moved": meeting.state == MeetingState.RESCHEDULED,
        "for_information": invitation.role in FOR_INFORMATION,
        "saved": is_open and invitation.is_answered and "saved" in request.GET,
        "changing": form.is_bound or not invitation.is_answered or "change" in request.GET,
        "items": items,
        "papers": [paper for paper in papers if paper.item_id is None],
        "moves": list(meeting.moves.all()),
        **_whom_to_ask(invitation),
    }
    return private(render(request, "public/meetings/answer.html", context, status=status))


def _whom_to_ask(invitation: Invitation | None = None) -> dict[str, str]:
    """Where somebody turns whose link does not help: the body's own address, else the region's."""
    face = region_settings()
    body = invitation.convocation.meeting.body if invitation is not None else None
    return {
        "ask_name": str(body or face.council_name),
        "ask_email": (body.email if body is not None else "") or face.reply_to or face.sender_email,
        "ask_phone": (body.phone if body is not None else "") or face.phone,
    }


def private(response: HttpResponse) -> HttpResponse:
    """Let no cache keep a page behind a personal link, no search engine list it, no other site learn its address."""
    add_never_cache_headers(response)
    # Not “no-referrer”: browsers would then send the form with “Origin: null”, and it would be refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
