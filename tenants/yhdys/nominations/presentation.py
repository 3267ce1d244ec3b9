"""The proposed composition as a text for the deciding body's meeting: a Word file to edit, a tagged PDF to archive.

Both hold the same, in the region's main language. They name people who are not published, so they go to whoever may
read the call and to nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yhdys.core import clock
from yhdys.core.printing import MIMETYPE, pdf_of
from yhdys.nominations.enums import CallKind, Reply
from yhdys.nominations.models import NominationCall, Nominee
from yhdys.nominations.queries import answered_of, balance_of, lines_of
from yhdys.site.queries import region_settings

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": MIMETYPE,
}


@dataclass(frozen=True)
class File:
    """A made file."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Row:
    """One seat of the composition."""

    seat: str
    named_by: str
    member: str
    deputy: str


@dataclass(frozen=True)
class Presentation:
    """What the text says."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    balance: tuple[str, ...]
    proposal: str
    note: str
    day: str


def presentation_of(call: NominationCall) -> Presentation:
    """The text about a call's composition, in the active language."""
    lines, balance = lines_of(call), balance_of(call)
    rows = []
    for line in lines:
        chosen = line.chosen
        rows.append(
            Row(
                seat=line.seat.name,
                named_by=chosen.named_by if chosen is not None else "–",
                member=_name(chosen.member) if chosen is not None else _("stays vacant"),
                deputy=_name(chosen.deputy) if chosen is not None else "–",
            )
        )
    binding = (
        _("The Equality Act binds this body: at least 40 % of each, counted separately for members and deputies.")
        if balance.is_binding
        else _("At least 40 % of each is recommended, counted separately for members and deputies.")
    )
    shares = [f"{share.who}: {share.verdict}" for share in balance.shares if share.total]
    reason = [_("Reason: {reason}").format(reason=call.balance_reason)] if call.balance_reason else []
    return Presentation(
        title=_("Members of the council: {call}").format(call=call),
        language=translation.get_language() or "fi",
        facts=tuple(_facts(call)),
        rows=tuple(rows),
        balance=(binding, *shares, *reason, *balance.gaps),
        proposal=_(
            "It is proposed that the members and deputies listed here are appointed for the term {term}."
        ).format(term=call.term),
        note=_("Not to be published before the decision: the names of those who are only proposed are not public."),
        day=date_format(clock.today(), "SHORT_DATE_FORMAT"),
    )


def _name(nominee: Nominee | None) -> str:
    return nominee.name if nominee is not None else "–"


def _facts(call: NominationCall) -> Iterable[tuple[str, str]]:
    yield _("Body"), str(call.body)
    end = date_format(call.term.end, "SHORT_DATE_FORMAT") if call.term.end is not None else ""
    yield _("Term"), f"{date_format(call.term.start, 'SHORT_DATE_FORMAT')} – {end}".strip()
    yield _("How are the members appointed?"), call.get_order_display()
    if call.decision is not None:
        day = date_format(call.decision.date, "SHORT_DATE_FORMAT")
        yield _("Decided by"), f"{call.decision.deciding_body} {day}: {call.decision}"
    yield _("Answers by"), date_format(call.deadline, "SHORT_DATE_FORMAT")
    if call.kind == CallKind.INVITED:
        counts = answered_of(call.invitations.all())
        asked = sum(counts.values())
        told = ngettext("{count} organisation asked", "{count} organisations asked", asked).format(count=asked)
        yield (
            _("Answers"),
            _("{asked}, {named} have named, {declined} name nobody").format(
                asked=told, named=counts[Reply.NAMED], declined=counts[Reply.DECLINED]
            ),
        )
    else:
        yield _("Answers"), str(call.nominations.count())


def file_of(call: NominationCall, kind: str) -> File:
    """The text as a file, ``docx`` or ``pdf``."""
    with translation.override((region_settings().languages or ["fi"])[0]):
        told = presentation_of(call)
        content = _docx(told) if kind == "docx" else _pdf(told)
        return File(f"{slugify(told.title)[:80]}.{kind}", content, KINDS[kind])


def _docx(told: Presentation) -> bytes:
    from docx import Document  # noqa: PLC0415 - large, and only needed for this
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    document = Document()
    document.core_properties.title = told.title
    document.core_properties.language = told.language
    document.core_properties.author = ""
    normal = document.styles["Normal"]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"fi": "fi-FI", "sv": "sv-FI"}.get(told.language, "en-GB"))
    normal.element.get_or_add_rPr().append(language)
    document.add_heading(told.title, level=1)
    document.add_paragraph(told.day)
    document.add_paragraph(told.note)
    for label, value in told.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)
    document.add_heading(_("Composition"), level=2)
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, heads(), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in told.rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, (row.seat, row.named_by, row.member, row.deputy), strict=True):
            cell.text = words
    document.add_heading(_("Balance of the composition"), level=2)
    for sentence in told.balance:
        document.add_paragraph(sentence, style="List Bullet")
    document.add_heading(_("Proposal"), level=2)
    document.add_paragraph(told.proposal)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def heads() -> tuple[str, str, str, str]:
    """The heads of the table's columns."""
    return _("Seat"), _("Named by"), _("Member"), _("Deputy")


def _pdf(told: Presentation) -> bytes:
    context = {"told": told, "heads": heads()}
    return pdf_of(render_to_string("nominations/presentation.html", context))
