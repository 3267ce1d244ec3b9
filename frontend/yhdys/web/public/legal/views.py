"""The accessibility statement, its feedback form, and the privacy notice."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yhdys.core.errors import ActionRefused
from yhdys.feedback.actions import take_feedback
from yhdys.feedback.models import DAYS_TO_ANSWER
from yhdys.privacy.register import Basis, classes
from yhdys.site.models import AccessibilityIssue
from yhdys.site.queries import accessibility_statement
from yhdys.web.context import face_of
from yhdys.web.kept.asked import public_page
from yhdys.web.public.forms import public_form
from yhdys.web.public.front.shown import council, latest
from yhdys.web.public.legal.forms import FeedbackForm
from yhdys.web.requests import RegionRequest


@public_page()
@require_safe
def accessibility(request: RegionRequest) -> HttpResponse:
    """GET ``…/saavutettavuus/``: how accessible the site is and where to complain (306/2019; EU 2018/1523)."""
    statement, issues = accessibility_statement(), list(AccessibilityIssue.objects.listed())
    context = {
        "statement": statement,
        "issues": issues,
        "days": DAYS_TO_ANSWER,
        "host": request.get_host(),
        "last_edited": latest(statement.updated_at, *(issue.updated_at for issue in issues)),
    }
    return render(request, "public/legal/accessibility.html", context)


@public_page()
@require_http_methods(["GET", "HEAD", "POST"])
@public_form
def feedback(request: RegionRequest) -> HttpResponse:
    """GET the form, POST the feedback. A robot and a form sent twice are answered as everybody, and nothing happens."""
    form = FeedbackForm(request.POST if request.method == "POST" else None, request=request)
    status = form.status
    if form.is_bound and status == 200:
        try:
            if form.first_time():
                take_feedback(**form.words)
            return HttpResponseRedirect(reverse("public:feedback-received"))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            status = 409
    return render(request, "public/legal/feedback.html", {"form": form, "days": DAYS_TO_ANSWER}, status=status)


@public_page()
@require_safe
def feedback_received(request: RegionRequest) -> HttpResponse:
    """GET what happens next to the feedback."""
    return render(request, "public/legal/feedback_received.html", {"days": DAYS_TO_ANSWER})


@public_page()
@require_safe
def privacy(request: RegionRequest) -> HttpResponse:
    """GET ``…/tietosuoja/``: what is kept of people, made of the register that the erasure runs on."""
    face, body = face_of(request), council()
    context = {
        "face": face,
        "classes": classes(),
        "is_organ": body is not None and body.is_host_organ,
        "has_task_basis": any(Basis.TASK in data.basis for data in classes()),
        "last_edited": face.updated_at,
    }
    return render(request, "public/legal/privacy.html", context)
