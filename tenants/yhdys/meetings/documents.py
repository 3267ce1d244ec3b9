"""What the documents of a meeting say: agenda, minutes or memo, and an excerpt of one item.

They show what the pages show, to whom the pages show it: the caller gives the items and papers that its reader may see,
or asks for the public ones. Labels are in the active language, and texts in that or the one in which they exist.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from yhdys.core.printing import digest_of
from yhdys.core.text import address_of
from yhdys.meetings.enums import DocumentKind
from yhdys.meetings.models import AgendaItem, Meeting, Paper
from yhdys.meetings.queries import record_of
from yhdys.regions.urls import region_url

type AddressOf = Callable[[Paper], str]


@dataclass(frozen=True)
class Document:
    """A page to be written as a PDF file. ``name`` is what it is, in words."""

    meeting: Meeting
    kind: DocumentKind
    name: str
    language: str
    html: str
    is_public: bool
    item: AgendaItem | None = None
    enclosed: tuple[Paper, ...] = ()

    @property
    def filename(self) -> str:
        """Under which people keep it: the meeting's name in addresses, then what it is."""
        number = f"-{self.item.number}" if self.item is not None else ""
        return f"{self.meeting.slug}-{address_of(self.name)}{number}.pdf"

    @cached_property
    def digest(self) -> str:
        """Tells whether a kept file still says the same."""
        return digest_of(self.html + "".join(f"{paper.pk} {paper.updated_at}" for paper in self.enclosed))


def public_address(paper: Paper) -> str:
    """Where anyone opens a public paper."""
    return region_url("public:paper", slug=paper.meeting.slug, number=paper.number, filename=paper.filename)


def desk_address(paper: Paper) -> str:
    """Where those who read in the workspace open a paper."""
    return region_url("workspace:paper-file", pk=paper.pk)


def no_address(paper: Paper) -> str:
    """A link by which somebody reads without an account is never written into a file that may be passed on."""
    return ""


def public_agenda(meeting: Meeting) -> Document:
    """The agenda as anyone may read it; the caller has checked that it is public by now."""
    record = record_of(meeting, public=True)
    return agenda_document(
        meeting,
        items=record["items"],
        papers=meeting.papers.public(),
        left_out=record["left_out"],
        address=public_address,
        is_public=True,
    )


def members_agenda(meeting: Meeting) -> Document:
    """The whole agenda, for those who read it in the workspace."""
    return agenda_document(
        meeting, items=record_of(meeting)["items"], papers=meeting.papers.all(), address=desk_address
    )


def settled_documents(meeting: Meeting) -> list[Document]:
    """What of a meeting is worth writing beforehand, in the active language: all that is not about to change."""
    found = [public_agenda(meeting), members_agenda(meeting)] if meeting.agenda_is_public else []
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.is_locked:
        found.append(minutes_document(meeting, public=False))
    if minutes is not None and minutes.is_published:
        found.append(minutes_document(meeting, public=True))
    return found


def agenda_document(
    meeting: Meeting,
    *,
    items: list[AgendaItem],
    papers: Iterable[Paper],
    address: AddressOf,
    left_out: int = 0,
    is_public: bool = False,
) -> Document:
    """The agenda with these items and papers."""
    rest = _with_papers(meeting, items, papers, address)
    context = {"items": items, "papers": rest, "left_out": left_out}
    return _document(meeting, DocumentKind.AGENDA, str(DocumentKind.AGENDA.label), context, is_public=is_public)


def minutes_document(meeting: Meeting, *, public: bool) -> Document:
    """The minutes or the memo, which exist; ``public`` leaves out what is for the members only."""
    record = record_of(meeting, public=public)
    _with_papers(meeting, record["items"], *_papers(meeting, public=public))
    name = meeting.minutes.get_kind_display()
    return _document(meeting, DocumentKind.MINUTES, name, record, is_public=public)


def record_document(meeting: Meeting, *, public: bool, with_minutes: bool) -> Document:
    """The whole meeting in one file: agenda, attendance, minutes, and the papers inside it.

    ``with_minutes`` says whether the reader may see the minutes, as far as there are any.
    """
    record = record_of(meeting, public=public)
    papers, address = _papers(meeting, public=public)
    enclosed = tuple(papers)
    rest = _with_papers(meeting, record["items"], enclosed, address)
    for paper in enclosed:
        paper.enclosed_as = enclosed_name(paper)  # type: ignore[attr-defined]  # for the template
    context = record | {"papers": rest, "enclosed": enclosed}
    if not with_minutes:
        context["minutes"] = None
    name = str(DocumentKind.RECORD.label)
    return _document(meeting, DocumentKind.RECORD, name, context, is_public=public, enclosed=enclosed)


def enclosed_name(paper: Paper) -> str:
    """The name of a paper beside others: its number in front, so that they stay in their order."""
    return f"{paper.number:02d} {paper.filename}"


def excerpt_document(item: AgendaItem, *, public: bool) -> Document:
    """One item of minutes that exist, as they tell it; its attachments by name."""
    meeting = item.meeting
    _with_papers(meeting, [item], *_papers(meeting, public=public))
    context = {"item": item, "minutes": meeting.minutes}
    return _document(
        meeting, DocumentKind.EXCERPT, str(DocumentKind.EXCERPT.label), context, is_public=public, item=item
    )


def _papers(meeting: Meeting, *, public: bool) -> tuple[Iterable[Paper], AddressOf]:
    papers = meeting.papers.select_related("item")
    return (papers.public(), public_address) if public else (papers, desk_address)


def _with_papers(
    meeting: Meeting, items: Iterable[AgendaItem], papers: Iterable[Paper], address: AddressOf
) -> list[Paper]:
    """Give each item its papers as ``shown_papers``. Returns those of the meeting as a whole."""
    listed = list(papers)
    for paper in listed:
        paper.meeting = meeting
        paper.shown_at = address(paper)  # type: ignore[attr-defined]  # for the template
    for item in items:
        item.shown_papers = [paper for paper in listed if paper.item_id == item.pk]  # type: ignore[attr-defined]  # as above
    return [paper for paper in listed if paper.item_id is None]


def _document(
    meeting: Meeting,
    kind: DocumentKind,
    name: str,
    context: dict[str, Any],
    *,
    is_public: bool,
    item: AgendaItem | None = None,
    enclosed: tuple[Paper, ...] = (),
) -> Document:
    language = translation.get_language() or "fi"
    title = f"{meeting.body}: {name} – {meeting}"
    html = render_to_string(
        f"meetings/documents/{kind}.html",
        context | {"meeting": meeting, "language": language, "kind": name, "title": title},
    )
    return Document(meeting, kind, name, language, html, is_public, item, enclosed)
