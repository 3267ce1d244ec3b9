"""Papers: added after a look inside, never under the name they came with."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yhdys.audit.actions import record
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.meetings.actions.common import By
from yhdys.meetings.enums import MeetingState, Publicity
from yhdys.meetings.models import AgendaItem, Meeting, Paper
from yhdys.meetings.validators import paper_type, safe_filename


@transaction.atomic
def add_paper(
    meeting: Meeting,
    file: File[Any],
    *,
    by: By,
    title: str = "",
    item: AgendaItem | None = None,
    language: str = "fi",
    publicity: str = Publicity.PUBLIC,
) -> Paper:
    """Add a file to the meeting or to one of its items.

    Raises ActionRefused for a file over 20 MB, of a kind that is not allowed or whose content is not what its name
    says, and when the meeting has been cancelled.
    """
    meeting = locked(meeting)
    _refuse_cancelled(meeting)
    if item is not None and item.meeting_id != meeting.pk:
        raise ActionRefused(_("The item belongs to another meeting."))
    try:
        kind = paper_type(file)
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
    name = safe_filename(file.name or f"paper.{kind.ending}")
    last = meeting.papers.aggregate(last=Max("number"))["last"] or 0
    paper = Paper(
        meeting=meeting,
        item=item,
        number=last + 1,
        title=title.strip() or name.rpartition(".")[0],
        language=language,
        publicity=publicity,
        filename=name,
        mimetype=kind.mimetype,
        size=file.size or 0,
        added_by=by,
    )
    refuse_invalid(paper, exclude={"file"})
    paper.file.save(name, file, save=False)
    try:
        paper.save()
    except BaseException:
        paper.file.storage.delete(paper.file.name or "")
        raise
    record(meeting, "paper_added", by=by, title=paper.title)
    return paper


@transaction.atomic
def change_paper(paper: Paper, *, by: By, title: str, language: str, publicity: str) -> Paper:
    """Change what is said of a paper, and who may read it. The file itself is replaced by adding another."""
    meeting = locked(paper.meeting)
    _refuse_cancelled(meeting)
    paper = locked(paper)
    paper.title, paper.language, paper.publicity = title, language, publicity
    refuse_invalid(paper)
    paper.save(update_fields=["title", "language", "publicity"])
    record(meeting, "paper_changed", by=by, title=paper.title)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by: By) -> None:
    """Remove a paper; its file goes when the transaction has been committed."""
    meeting = locked(paper.meeting)
    _refuse_cancelled(meeting)
    paper = locked(paper)
    storage, name = paper.file.storage, paper.file.name
    record(meeting, "paper_removed", by=by, title=paper.title)
    paper.delete()
    if name:
        transaction.on_commit(partial(storage.delete, name))


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise ActionRefused(_("The meeting has been cancelled, so its papers stay as they are."))
