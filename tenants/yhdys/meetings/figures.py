"""What a region tells the nation of its meetings. Counts of bodies' meetings and papers, never of persons."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core.text import plain_text
from yhdys.meetings.enums import MeetingState, Outcome
from yhdys.meetings.models import AgendaItem, Convocation, Meeting, Minutes
from yhdys.overview.counting import per_month
from yhdys.overview.enums import Kind
from yhdys.overview.registry import Item, figure, items

HELD = (MeetingState.HELD, MeetingState.CLOSED)
CALLED = (MeetingState.CONVENED, *HELD)
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@figure(
    "meetings_convened",
    _("Meetings convened"),
    _("Meetings of all bodies to which the members have been called, by the year of the meeting."),
    period="year",
)
def meetings_convened() -> Mapping[str, int]:
    return per_month(Meeting.objects.filter(state__in=CALLED), "starts_at")


@figure(
    "meetings_held",
    _("Meetings held"),
    _("Meetings of all bodies that have been held, by the year of the meeting."),
    period="year",
)
def meetings_held() -> Mapping[str, int]:
    return per_month(Meeting.objects.filter(state__in=HELD), "starts_at")


@figure(
    "latest_meeting",
    _("Latest meeting"),
    _("The day of the latest meeting that has been held, of whichever body."),
    kind=Kind.DAY,
)
def latest_meeting() -> date | None:
    latest: Meeting | None = Meeting.objects.filter(state__in=HELD).order_by("-starts_at").first()
    return latest.day if latest is not None else None


@figure(
    "items_resolved",
    _("Matters resolved"),
    _(
        "Agenda items that a meeting resolved as proposed or with changes, by the year of the meeting. "
        "They are counted when the minutes of the meeting are published."
    ),
    period="year",
)
def items_resolved() -> Mapping[str, int]:
    resolved = AgendaItem.objects.filter(
        outcome__in=[Outcome.RESOLVED, Outcome.RESOLVED_WITH_CHANGES],
        meeting__in=Minutes.objects.published().values("meeting"),
    )
    return per_month(resolved, "meeting__starts_at")


@figure(
    "minutes_published",
    _("Minutes and memos published"),
    _("Minutes and memos that anyone may read, by the year in which they were published."),
    period="year",
)
def minutes_published() -> Mapping[str, int]:
    return per_month(Minutes.objects.published(), "published_at")


@items("minutes", pgettext_lazy("published item", "Meeting record"))
def published_minutes() -> Iterator[Item]:
    published = Minutes.objects.published().select_related("meeting").order_by("-published_at")
    for minutes in published[:50]:
        if minutes.published_at is None:
            continue
        with translation.override(minutes.language):
            yield Item(
                key=str(minutes.pk),
                title=f"{minutes.get_kind_display()}: {minutes.meeting}",
                summary=plain_text(minutes.text)[:300],
                language=minutes.language,
                path=_path(minutes.meeting),
                published_at=minutes.published_at,
            )


@items("agenda", pgettext_lazy("published item", "Agenda"))
def published_agendas() -> Iterator[Item]:
    """The latest calls: what the councils are going to talk about."""
    calls = Convocation.objects.filter(meeting__state=MeetingState.CONVENED).select_related("meeting")
    latest = calls.order_by("meeting_id", "-sequence").distinct("meeting_id")
    public = AgendaItem.objects.public().order_by("number")
    listed = latest.prefetch_related(Prefetch("meeting__agenda_items", public))
    for call in sorted(listed, key=lambda one: one.sent_at, reverse=True):
        language = next((code for code in LANGUAGES if getattr(call.meeting, f"title_{code}")), LANGUAGES[0])
        with translation.override(language):
            yield Item(
                key=str(call.meeting_id),
                title=str(call.meeting),
                summary=" · ".join(item.title for item in call.meeting.agenda_items.all())[:300],
                language=language,
                path=_path(call.meeting),
                published_at=call.sent_at,
            )


def _path(meeting: Meeting) -> str:
    return reverse("public:meeting", urlconf=settings.REGION_URLCONF, kwargs={"slug": meeting.slug})
