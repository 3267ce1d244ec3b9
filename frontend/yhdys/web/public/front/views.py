"""The front page of a region's public site, and its contacts by role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yhdys.councils.queries import officers_of
from yhdys.news.queries import newest
from yhdys.nominations.models import NominationCall
from yhdys.site.queries import accessibility_statement
from yhdys.web.contents import language_of
from yhdys.web.context import face_of
from yhdys.web.kept.asked import public_page
from yhdys.web.public.front import shown
from yhdys.web.requests import RegionRequest

NEWS_SHOWN = 3


@public_page()
@require_safe
def front_page(request: RegionRequest) -> HttpResponse:
    """GET ``/``: what the council is and what goes on in it. What does not exist yet leaves no empty place."""
    face, body = face_of(request), shown.council()
    articles, meetings = newest(NEWS_SHOWN), shown.coming_meetings()
    tasks = shown.tasks(body) if body else []
    context = {
        "face": face,
        "body": body,
        "paragraphs": shown.paragraphs(face.introduction),
        "introduction_language": language_of(face, "introduction"),
        "next_meeting": meetings[0] if meetings else None,
        "later_meetings": meetings[1:],
        "articles": articles,
        "open_requests": list(NominationCall.objects.in_public().taking()),
        "tasks": tasks[: shown.TASKS_SHOWN],
        "more_tasks": max(0, len(tasks) - shown.TASKS_SHOWN),
        "officers": officers_of(body) if body else [],
        "channels": shown.channels(body) if body else None,
        "last_edited": shown.latest(
            face.updated_at,
            body.updated_at if body else None,
            *(article.edited_at for article in articles),
            *(meeting.updated_at for meeting in meetings),
        ),
    }
    return render(request, "public/front/page.html", context)


@public_page()
@require_safe
def contacts(request: RegionRequest) -> HttpResponse:
    """GET ``…/yhteystiedot/``: whom to turn to, by role. A post's address comes first, a person's own by consent."""
    face, statement, bodies = face_of(request), accessibility_statement(), shown.by_role()
    context = {
        "face": face,
        "statement": statement,
        "bodies": bodies,
        "last_edited": shown.latest(
            face.updated_at, *(officer.updated_at for one in bodies for officer in one.officers)
        ),
    }
    return render(request, "public/front/contacts.html", context)
