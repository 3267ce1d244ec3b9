"""Meetings as the public reads them: what is coming before what has been."""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from yhdys.core import clock
from yhdys.councils.models import Body
from yhdys.meetings import ical
from yhdys.meetings.documents import excerpt_document, minutes_document, public_agenda, record_document
from yhdys.meetings.enums import DocumentKind, MeetingState, MinutesState
from yhdys.meetings.models import AgendaItem, FormerAddress, Meeting, Paper
from yhdys.meetings.models.meeting import MeetingQuerySet
from yhdys.meetings.queries import (
    bodies_with_public_meetings,
    document_sizes,
    last_public_change,
    public_meetings,
    public_years,
    record_of,
)
from yhdys.news.queries import about_meeting
from yhdys.site.queries import region_settings
from yhdys.web.feeds import unless_known
from yhdys.web.files import archive_response, document_response, paper_response
from yhdys.web.kept.asked import public_page
from yhdys.web.requests import RegionRequest

PAGE_SIZE = 20
IN_FEED = 200


class Tab(TypedDict):
    """One choice above a list: a body, or a year of past meetings."""

    label: str
    url: str
    is_current: bool


@public_page("year", "body", "page")
@require_safe
def meetings(request: RegionRequest) -> HttpResponse:
    """GET ``…/kokoukset/?year=2022&body=…&page=``: what is coming, then one year of what has been."""
    body = Body.objects.listed().filter(slug=request.GET.get("body", "")).first()
    found = public_meetings().prefetch_related("moves")
    if body is not None:
        found = found.filter(body=body)
    years = public_years(body)
    year = _year(request, years)
    page = Paginator(_past(found, year), PAGE_SIZE).get_page(request.GET.get("page"))
    upcoming = [] if page.number > 1 else list(found.upcoming()[:PAGE_SIZE])
    shown = [*upcoming, *page.object_list]
    bodies = bodies_with_public_meetings()
    return render(
        request,
        "public/meetings/list.html",
        {
            "upcoming": upcoming,
            "page": page,
            "year": year,
            "years": _year_tabs(years, year, body),
            "body": body,
            "bodies": _body_tabs(bodies, body),
            "last_edited": max((one.updated_at for one in shown), default=None),
        },
    )


def _year(request: RegionRequest, years: list[int]) -> int | None:
    asked = request.GET.get("year", "")
    if asked.isdecimal() and int(asked) in years:
        return int(asked)
    past = [year for year in years if year <= clock.today().year]
    return past[0] if past else None


def _past(found: MeetingQuerySet, year: int | None) -> MeetingQuerySet:
    past = found.past()
    return past.of_year(year) if year else past


def _body_tabs(bodies: list[Body], current: Body | None) -> list[Tab]:
    if len(bodies) < 2:
        return []
    all_of_them: Tab = {"label": pgettext("bodies", "All"), "url": "?", "is_current": current is None}
    return [all_of_them] + [
        {"label": body.name, "url": f"?body={body.slug}", "is_current": body == current} for body in bodies
    ]


def _year_tabs(years: list[int], current: int | None, body: Body | None) -> list[Tab]:
    if len(years) < 2:
        return []
    more = f"&body={body.slug}" if body else ""
    return [{"label": str(year), "url": f"?year={year}{more}", "is_current": year == current} for year in years]


@public_page()
@require_safe
def meeting(request: RegionRequest, slug: str) -> HttpResponseBase:
    """GET ``…/kokoukset/2022-04-27-…/``. A former address leads on; a meeting that nobody announced is 404."""
    found = public_meetings().filter(slug=slug).first()
    if found is None:
        former = get_object_or_404(FormerAddress.objects.announced(), slug=slug)
        return HttpResponsePermanentRedirect(reverse("public:meeting", kwargs={"slug": former.meeting.slug}))
    context = meeting_context(found)
    context |= {"articles": about_meeting(found.pk), "documents": documents_of(found, context)}
    return render(request, "public/meetings/meeting.html", context)


def meeting_context(found: Meeting, *, as_published: bool = False) -> dict[str, Any]:
    """What the public page shows; the desk's preview shows the same.

    A draft in the calendar has no agenda yet; nobody but the called ones gets the remote link; what was recorded is
    shown when the minutes are published. ``as_published`` shows what is still to come.
    """
    context = record_of(found, public=True)
    minutes = context["minutes"]
    published = minutes is not None and (minutes.is_published or as_published)
    called = found.agenda_is_public or as_published
    items = context["items"] if called else []
    papers = list(found.papers.public()) if called else []
    with_papers(items, papers)
    edited = [found.updated_at, *(item.updated_at for item in items)]
    if published:
        edited += [minutes.updated_at, *(one.corrected_at for one in context["corrections"])]
    return context | {
        "minutes": minutes if published else None,
        "items": items,
        "left_out": context["left_out"] if called else 0,
        "papers": [paper for paper in papers if paper.item_id is None],
        "moves": list(found.moves.all()),
        "is_cancelled": found.state == MeetingState.CANCELLED,
        "last_edited": max(edited),
    }


def with_papers(items: Iterable[AgendaItem], papers: Iterable[Paper]) -> None:
    """Give each item the papers of it that this reader may open, as ``shown_papers``."""
    listed = list(papers)
    for item in items:
        item.shown_papers = [paper for paper in listed if paper.item_id == item.pk]  # type: ignore[attr-defined]  # for the template


@require_safe
def paper(request: RegionRequest, slug: str, number: int, filename: str) -> HttpResponseBase:
    """GET a public paper. What is not public does not exist here: 404."""
    found = get_object_or_404(Paper.objects.published(), meeting__slug=slug, number=number, filename=filename)
    return paper_response(found, public=True)


@require_safe
def agenda_file(request: RegionRequest, slug: str) -> HttpResponseBase:
    """GET the public agenda as a PDF file, from the first call on."""
    found = get_object_or_404(public_meetings(), slug=slug)
    if not found.agenda_is_public:
        raise Http404
    return document_response(public_agenda(found))


@require_safe
def minutes_file(request: RegionRequest, slug: str) -> HttpResponseBase:
    """GET the published minutes or memo as a PDF file."""
    return document_response(minutes_document(_with_minutes(slug), public=True))


@require_safe
def excerpt_file(request: RegionRequest, slug: str, number: int) -> HttpResponseBase:
    """GET one public item of published minutes as a PDF file."""
    found = _with_minutes(slug)
    item = get_object_or_404(AgendaItem.objects.public().for_reading(), meeting=found, number=number)
    item.meeting = found
    return document_response(excerpt_document(item, public=True))


@require_safe
def record_file(request: RegionRequest, slug: str) -> HttpResponseBase:
    """GET the public parts of the whole meeting as one PDF file, its papers inside."""
    found = _with_minutes(slug)
    return document_response(record_document(found, public=True, with_minutes=True))


@require_safe
def record_archive(request: RegionRequest, slug: str) -> HttpResponseBase:
    """GET the same as a ZIP file."""
    found = _with_minutes(slug)
    documents = [public_agenda(found), minutes_document(found, public=True)]
    return archive_response(documents, found.papers.public().select_related("item"), f"{found.slug}.zip")


def _with_minutes(slug: str) -> Meeting:
    found: Meeting = get_object_or_404(public_meetings().filter(minutes__state=MinutesState.PUBLISHED), slug=slug)
    return found


def documents_of(found: Meeting, context: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents that the public page offers, the weightiest first; each item gets its excerpt."""
    sizes = document_sizes(found, public=True)
    listed = []
    minutes = context["minutes"]
    if minutes is not None:
        address = reverse("public:minutes-file", kwargs={"slug": found.slug})
        listed.append((minutes.get_kind_display(), address, DocumentKind.MINUTES))
        for item in context["items"]:
            item.excerpt_url = reverse("public:excerpt-file", kwargs={"slug": found.slug, "number": item.number})
    if context["items"]:
        address = reverse("public:agenda-file", kwargs={"slug": found.slug})
        listed.append((DocumentKind.AGENDA.label, address, DocumentKind.AGENDA))
    if minutes is not None:
        address = reverse("public:record-file", kwargs={"slug": found.slug})
        listed.append((DocumentKind.RECORD.label, address, DocumentKind.RECORD))
    files = [{"name": name, "url": url, "kind": "PDF", "size": sizes.get((kind, None))} for name, url, kind in listed]
    if minutes is not None:
        address = reverse("public:record-archive", kwargs={"slug": found.slug})
        files.append({"name": DocumentKind.RECORD.label, "url": address, "kind": "ZIP", "size": None})
    return files


@public_page("body")
@require_safe
def calendar(request: RegionRequest) -> HttpResponseBase:
    """GET ``…/kokoukset/kalenteri.ics?body=…``: announced meetings of all bodies or of one, to be subscribed to."""
    slug = request.GET.get("body")
    # Whoever subscribes to a body that is gone is told so, and does not get all the others' meetings instead.
    body = get_object_or_404(Body, slug=slug) if slug else None
    found = public_meetings() if body is None else public_meetings().filter(body=body)
    name = str(body) if body is not None else _("Meetings of {council}").format(council=region_settings().council_name)
    return _calendar(request, found.order_by("-starts_at", "id")[:IN_FEED], name, "kokoukset.ics", body)


@public_page()
@require_safe
def meeting_calendar(request: RegionRequest, slug: str) -> HttpResponseBase:
    """GET one meeting for the reader's own calendar."""
    found = get_object_or_404(public_meetings().exclude(starts_at=None), slug=slug)
    return _calendar(request, public_meetings().filter(pk=found.pk), "", f"{found.slug}.ics", found.body)


def _calendar(
    request: RegionRequest, found: MeetingQuerySet, name: str, filename: str, body: Body | None
) -> HttpResponseBase:
    listed = [
        (one, request.build_absolute_uri(reverse("public:meeting", kwargs={"slug": one.slug})))
        for one in found.prefetch_related("convocations", "moves")
    ]
    return unless_known(
        request,
        ical.public_calendar(listed, name=name),
        content_type="text/calendar; charset=utf-8",
        modified=last_public_change(body),
        sees_removals=False,
        filename=filename,
    )
