"""Minutes and memos: written, checked, approved, published, and after that corrected by number."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from yhdys.accounts.models import User
from yhdys.audit.actions import record
from yhdys.core import clock
from yhdys.core.errors import ActionRefused
from yhdys.core.keeping import locked, refuse_invalid
from yhdys.core.text import clean_html, plain_text
from yhdys.meetings.actions.common import By
from yhdys.meetings.actions.documents import write_soon
from yhdys.meetings.enums import CheckState, MeetingState, MinutesState
from yhdys.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesCheck,
    MinutesCorrection,
    MinutesVersion,
)
from yhdys.meetings.queries import record_of, unreached_readers
from yhdys.meetings.workflow import advance_minutes
from yhdys.organisations.models import Contact
from yhdys.overview.actions import push_soon
from yhdys.tenancy import outbox

ASK_TO_CHECK = "meetings.ask_to_check"
DELIVER_MINUTES = "meetings.deliver_minutes"


@transaction.atomic
def start_minutes(meeting: Meeting, *, by: By, kind: str = "", language: str = "fi") -> Minutes:
    """Begin the minutes, or the memo where the body writes those; what exists is returned as it is.

    Raises ActionRefused before the meeting has been held.
    """
    meeting = locked(meeting)
    if meeting.state not in (MeetingState.HELD, MeetingState.CLOSED):
        raise ActionRefused(_("The minutes can be written when the meeting has been held."))
    minutes, made = Minutes.objects.get_or_create(
        meeting=meeting, defaults={"kind": kind or meeting.body.minutes_kind, "language": language}
    )
    if made:
        record(meeting, "minutes_started", by=by, kind=minutes.kind)
    return minutes


@transaction.atomic
def write_minutes(
    minutes: Minutes, *, by: By, text: str, kind: str | None = None, language: str | None = None
) -> Minutes:
    """Write the text that belongs to no single item (rich text). Raises ActionRefused after approval."""
    minutes = locked(minutes)
    if minutes.is_locked:
        raise ActionRefused(_("The minutes have been approved. Write a correction instead."))
    minutes.text = text
    minutes.kind = kind or minutes.kind
    minutes.language = language or minutes.language
    refuse_invalid(minutes)
    minutes.save(update_fields=["text", "kind", "language"])
    record(minutes.meeting, "minutes_written", by=by)
    return minutes


@transaction.atomic
def send_minutes_for_review(
    minutes: Minutes, *, by: By, checkers: Iterable[Contact], review_by: date | None = None
) -> Minutes:
    """Give the minutes to the named checkers; each is asked by letter.

    Raises ActionRefused without a checker, for one who was absent, for a day that has passed, and while an item has
    no outcome.
    """
    minutes = locked(minutes)
    named = list(dict.fromkeys(checkers))
    if not named:
        raise ActionRefused(_("Name at least one checker."))
    _refuse_absent(minutes, named)
    if review_by is not None and review_by < clock.today():
        raise ActionRefused(_("The day by which the minutes are to be checked has passed."))
    _refuse_undecided(minutes)
    advance_minutes(minutes, MinutesState.UNDER_REVIEW, review_by=review_by)
    minutes.checks.exclude(contact__in=named).delete()
    for contact in named:
        check, _made = MinutesCheck.objects.update_or_create(
            minutes=minutes,
            contact=contact,
            defaults={"state": CheckState.WAITING, "note": "", "checked_at": None},
        )
        if not clock.is_fixed():
            outbox.put(ASK_TO_CHECK, str(check.pk))
    _keep_version(minutes, by)
    record(minutes.meeting, "minutes_sent_for_review", by=by, checkers=[str(contact) for contact in named])
    return minutes


@transaction.atomic
def approve_minutes(minutes: Minutes, *, by: By, checker: Contact | None = None) -> Minutes:
    """A checker approves; when the last one has, the minutes are approved and locked.

    ``checker`` names whose approval it is when it was given on paper; otherwise it is the user's own. Minutes or a
    memo that nobody was named to check are approved at once. Raises ActionRefused for somebody who is no checker and
    while an item has no outcome.
    """
    minutes = locked(minutes)
    _refuse_undecided(minutes)
    if minutes.state == MinutesState.UNDER_REVIEW:
        check = _own_check(minutes, by, checker)
        check.state, check.note, check.checked_at = CheckState.APPROVED, "", clock.now()
        check.save(update_fields=["state", "note", "checked_at"])
        record(minutes.meeting, "minutes_approved_by_checker", by=by, checker=str(check.contact))
        if minutes.checks.exclude(state=CheckState.APPROVED).exists():
            return minutes
    elif minutes.checks.exists():
        raise ActionRefused(_("Send the minutes to their checkers first."))
    advance_minutes(minutes, MinutesState.APPROVED, approved_at=clock.now())
    _keep_version(minutes, by)
    record(minutes.meeting, "minutes_approved", by=by)
    return minutes


@transaction.atomic
def return_minutes(minutes: Minutes, *, by: By, note: str, checker: Contact | None = None) -> Minutes:
    """A checker asks for changes; the writer gets the minutes back. Raises ActionRefused without saying what."""
    minutes = locked(minutes)
    if minutes.state != MinutesState.UNDER_REVIEW:
        raise ActionRefused(_("The minutes are not with the checkers."))
    if not note.strip():
        raise ActionRefused(_("Say what should be changed."))
    check = _own_check(minutes, by, checker)
    check.state, check.note, check.checked_at = CheckState.RETURNED, note.strip()[:1000], clock.now()
    check.save(update_fields=["state", "note", "checked_at"])
    advance_minutes(minutes, MinutesState.DRAFT)
    record(minutes.meeting, "minutes_returned", by=by, checker=str(check.contact))
    return minutes


@transaction.atomic
def publish_minutes(minutes: Minutes, *, by: By) -> Minutes:
    """Let anyone read the minutes, and tell who gets the papers of the body. Raises ActionRefused before approval."""
    minutes = locked(minutes)
    advance_minutes(minutes, MinutesState.PUBLISHED, published_at=clock.now(), published_by=by)
    if not clock.is_fixed():
        outbox.put(DELIVER_MINUTES, str(minutes.pk))
    write_soon(minutes.meeting)
    record(minutes.meeting, "minutes_published", by=by)
    push_soon()
    return minutes


@transaction.atomic
def send_to_unreached(minutes: Minutes, *, by: By) -> int:
    """Write again to the readers whose letters failed, to their present addresses. Returns to how many.

    Raises ActionRefused when every letter has left.
    """
    minutes = locked(minutes)
    unreached = unreached_readers(minutes)
    if not unreached:
        raise ActionRefused(_("Every letter about the minutes has left."))
    for one in unreached:
        record(minutes.meeting, "letter_sent_again", by=by, name=one.name)
    if minutes.state == MinutesState.PUBLISHED:
        for one in unreached:
            outbox.put(DELIVER_MINUTES, str(minutes.pk), one.email)
        return len(unreached)
    addresses = {one.email for one in unreached}
    for check in minutes.checks.filter(state=CheckState.WAITING).select_related("contact"):
        if check.contact.mail_address in addresses:
            outbox.put(ASK_TO_CHECK, str(check.pk))
    return len(unreached)


@transaction.atomic
def correct_minutes(minutes: Minutes, *, by: By, text: str) -> MinutesCorrection:
    """Add a numbered correction (rich text). Raises ActionRefused before approval, when the text itself is changed."""
    minutes = locked(minutes)
    if not minutes.is_locked:
        raise ActionRefused(_("The minutes are not approved yet: change the text itself."))
    if not plain_text(clean_html(text)).strip():
        raise ActionRefused(_("Write the correction."))
    last = minutes.corrections.aggregate(last=Max("number"))["last"] or 0
    correction = MinutesCorrection.objects.create(minutes=minutes, number=last + 1, text=text, corrected_by=by)
    write_soon(minutes.meeting)
    record(minutes.meeting, "minutes_corrected", by=by, number=correction.number)
    return correction


def _own_check(minutes: Minutes, by: By, checker: Contact | None) -> MinutesCheck:
    checks = minutes.checks.select_related("contact")
    check = (
        checks.filter(contact=checker).first()
        if checker is not None
        else checks.filter(contact__user=by).first()
        if isinstance(by, User)
        else None
    )
    if check is None:
        raise ActionRefused(_("Only the named checkers can approve or return the minutes."))
    return check


def _refuse_absent(minutes: Minutes, named: Iterable[Contact]) -> None:
    """Whoever was not there cannot tell whether the minutes are right; asked once the attendance is recorded."""
    listed = Attendance.objects.filter(meeting=minutes.meeting_id, contact__in=named)
    absent = listed.exclude(pk__in=listed.there().values("pk")).order_by("name").first()
    if absent is not None:
        raise ActionRefused(
            _("{name} was absent from the meeting and cannot check its minutes. Name somebody who was there.").format(
                name=absent.name
            )
        )


def _refuse_undecided(minutes: Minutes) -> None:
    undecided = AgendaItem.objects.filter(meeting=minutes.meeting_id).undecided().order_by("number").first()
    if undecided is not None:
        raise ActionRefused(
            _("Record the outcome of {number} § {title}.").format(number=undecided.number, title=undecided.title)
        )


def _keep_version(minutes: Minutes, by: By) -> MinutesVersion:
    """Keep the whole record as it reads now, in the language of the minutes."""
    last = minutes.versions.aggregate(last=Max("number"))["last"] or 0
    with translation.override(minutes.language):
        html = render_to_string("meetings/record.html", record_of(minutes.meeting))
    return MinutesVersion.objects.create(
        minutes=minutes, number=last + 1, state=minutes.state, text=minutes.text, html=html, saved_by=by
    )
