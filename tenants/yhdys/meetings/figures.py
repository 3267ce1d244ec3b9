"""What a region tells the nation of its meetings. Counts of bodies' meetings and papers, never of persons."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdys.core import clock
from yhdys.core.text import plain_text
from yhdys.meetings.enums import MeetingState, Outcome
from yhdys.meetings.models import AgendaItem, Convocation, Meeting, Minutes
from yhdys.overview.enums import Kind
from yhdys.overview.registry import Item, figure, items


def _per_year(moments: Iterable[object]) -> Mapping[str, int]:
    counted: dict[str, int] = {}
    for moment in moments:
        year = str(moment.astimezone(clock.HELSINKI).year)  # type: ignore[attr-defined]  # values of a date column
        counted[year] = counted.get(year, 0) + 1
    return counted


@figure(
    "meetings_convened",
    _("Meetings convened"),
    _("Meetings of all bodies to which the members have been called, by the year of the meeting."),
    period="year",
)
def meetings_convened() -> Mapping[str, int]:
    called = Meeting.objects.filter(pk__in=Convocation.objects.values("meeting"), starts_at__isnull=False)
    return _per_year(called.exclude(state=MeetingState.CANCELLED).values_list("starts_at", flat=True))


@figure(
    "meetings_held",
    _("Meetings held"),
    _("Meetings of all bodies that have been held, by the year of the meeting."),
    period="year",
)
def meetings_held() -> Mapping[str, int]:
    held = Meeting.objects.filter(state__in=[MeetingState.HELD, MeetingState.CLOSED])
    return _per_year(held.values_list("starts_at", flat=True))


@figure(
    "latest_meeting",
    _("Latest meeting"),
    _("The day of the latest meeting that has been held, of whichever body."),
    kind=Kind.DAY,
)
def latest_meeting() -> date | None:
    held = Meeting.objects.filter(state__in=[MeetingState.HELD, MeetingState.CLOSED])
    latest: Meeting | None = held.order_by("-starts_at").first()
    return latest.day if latest is not None else None


@figure(
    "items_resolved",
    _("Matters resolved"),
    _("Agenda items that a meeting resolved as proposed or with changes, by the year of the meeting."),
    period="year",
)
def items_resolved() -> Mapping[str, int]:
    resolved = AgendaItem.objects.filter(
        outcome__in=[Outcome.RESOLVED, Outcome.RESOLVED_WITH_CHANGES], meeting__starts_at__isnull=False
    )
    return _per_year(resolved.values_list("meeting__starts_at", flat=True))


@figure(
    "minutes_published",
    _("Minutes and memos published"),
    _("Minutes and memos that anyone may read, by the year in which they were published."),
    period="year",
)
def minutes_published() -> Mapping[str, int]:
    return _per_year(Minutes.objects.published().values_list("published_at", flat=True))


@items("minutes", pgettext_lazy("published item", "Minutes"))
def published_minutes() -> Iterator[Item]:
    published = Minutes.objects.published().select_related("meeting__body").order_by("-published_at")
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
    calls = Convocation.objects.filter(meeting__state=MeetingState.CONVENED).select_related("meeting__body")
    with translation.override("fi"):
        for call in calls.order_by("meeting_id", "-sequence").distinct("meeting_id"):
            titles = AgendaItem.objects.filter(meeting=call.meeting_id).public().values_list("title", flat=True)
            yield Item(
                key=str(call.meeting_id),
                title=str(call.meeting),
                summary=" · ".join(titles)[:300],
                path=_path(call.meeting),
                published_at=call.sent_at,
            )


def _path(meeting: Meeting) -> str:
    return reverse("public:meeting", urlconf=settings.REGION_URLCONF, kwargs={"slug": meeting.slug})
