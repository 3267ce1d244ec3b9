"""The meeting itself, its place in the public calendar, and what became of its former times."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.core.names import in_all
from yhdys.meetings.enums import MeetingKind, MeetingState
from yhdys.meetings.readers import meetings_seen_by
from yhdys.meetings.validators import validate_span
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class MeetingQuerySet(RegionalQuerySet["Meeting"]):
    """Meetings by time, and by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those that ``user`` may read; what makes a reader: ``readers``."""
        return self.filter(meetings_seen_by(user))

    def known_to(self, user: Any) -> Self:
        """Those in the public calendar and those that ``user`` may read; ``is_seen`` tells the latter."""
        if user is None:
            return self.announced().annotate(is_seen=Value(False, output_field=models.BooleanField()))
        seen = Exists(Meeting.objects.visible_to(user).filter(pk=OuterRef("pk")))
        return self.annotate(is_seen=seen).filter(Q(announcement__isnull=False) | Q(is_seen=True))

    def announced(self) -> Self:
        """Those in the public calendar: announced, or convened at some time."""
        return self.filter(announcement__isnull=False)

    def upcoming(self) -> Self:
        """Not over yet, the next one first; a meeting without an end lasts to the end of its Finnish day."""
        return self.filter(~Q(state__in=[MeetingState.HELD, MeetingState.CLOSED]) & ~self._over()).order_by(
            F("starts_at").asc(nulls_last=True), "id"
        )

    def past(self) -> Self:
        """Over, the latest first."""
        return self.filter(Q(state__in=[MeetingState.HELD, MeetingState.CLOSED]) | self._over()).order_by(
            F("starts_at").desc(nulls_last=True), "-id"
        )

    def of_year(self, year: int) -> Self:
        """Those that begin in a year by the Finnish wall clock."""
        return self.filter(starts_at__gte=clock.helsinki(year, 1, 1), starts_at__lt=clock.helsinki(year + 1, 1, 1))

    def for_lists(self) -> Self:
        """With what every row of a list shows; the body's long texts stay behind."""
        found = self.select_related("body", "announcement", "minutes")
        return found.defer("body__purpose", "body__composition", "body__rules")

    def for_cards(self) -> Self:
        """What a card tells of each: what, when and where."""
        return self.only("slug", "starts_at", "ends_at", "address", "updated_at", *in_all("title", "place"))

    @staticmethod
    def _over() -> Q:
        today = clock.today()
        midnight = clock.helsinki(today.year, today.month, today.day)
        return Q(ends_at__lt=clock.now()) | Q(ends_at=None, starts_at__lt=midnight)


class PartQuerySet[M: models.Model](RegionalQuerySet[M]):
    """What belongs to meetings: items, papers, calls, tasks."""

    to_meeting = "meeting"
    """The way to the meeting, as a lookup."""

    def visible_to(self, user: Any) -> Self:
        """What belongs to meetings that ``user`` may read."""
        return self.filter(meetings_seen_by(user, f"{self.to_meeting}__"))


class Meeting(RegionalModel):  # type: ignore[django-manager-missing]  # those of translated records
    """One meeting of one body. Times are aware moments, shown by the clock of Europe/Helsinki ([O] OParl Meeting)."""

    if TYPE_CHECKING:
        title_fi: str
        place_fi: str

    body = models.ForeignKey(
        "councils.Body", on_delete=models.PROTECT, related_name="meetings", verbose_name=_("who meets")
    )
    term = models.ForeignKey(
        "councils.Term",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("term"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind, default=MeetingKind.ORDINARY)
    state = models.CharField(
        _("state"), max_length=20, choices=MeetingState, default=MeetingState.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=200)
    theme = models.CharField(
        _("theme"), max_length=200, blank=True, help_text=_("If the meeting has one, such as “Volunteering”.")
    )
    slug = models.SlugField(_("name in addresses"), max_length=120, unique=True, editable=False)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    address = models.CharField(_("street address"), max_length=200, blank=True)
    remote_link = models.URLField(
        _("link for taking part remotely"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Sent to those who are called, never shown to the public."),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    quorum_required = models.PositiveSmallIntegerField(
        _("votes needed for a quorum"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Computed from the body’s rule when the meeting is held, so that later changes do not alter it."),
    )

    objects = MeetingQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = [F("starts_at").desc(nulls_first=True), "-id"]
        indexes = [
            models.Index(fields=["body", "-starts_at"], name="meeting_body_start"),
            models.Index(fields=["-starts_at"], name="meeting_start"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.DRAFT, MeetingState.RESCHEDULED, MeetingState.CANCELLED])
                | Q(starts_at__isnull=False),
                name="meeting_convened_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.day:%-d.%-m.%Y}" if self.day else self.title

    def clean(self) -> None:
        """Raises ValidationError for a meeting that ends before it begins."""
        super().clean()
        validate_span(self.starts_at, self.ends_at)

    @property
    def day(self) -> date | None:
        """The Finnish date on which it begins."""
        return self.starts_at.astimezone(clock.HELSINKI).date() if self.starts_at else None

    @property
    def has_begun(self) -> bool:
        """Whether its time has come: answers are taken until then."""
        return self.starts_at is not None and self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        """Whether its end, or without one its Finnish day, has passed."""
        if self.state in (MeetingState.HELD, MeetingState.CLOSED):
            return True
        if self.ends_at is not None:
            return self.ends_at < clock.now()
        return self.day is not None and self.day < clock.today()

    @property
    def where(self) -> str:
        """Place and street address in one line; never the remote link."""
        return ", ".join(filter(None, [self.place, self.address]))

    @property
    def has_place(self) -> bool:
        """Whether people know where to go: a place, or a link to take part."""
        return bool(self.place.strip() or self.remote_link)

    @property
    def is_being_prepared(self) -> bool:
        """Whether its call has not gone out for the time that now holds."""
        return self.state in (MeetingState.DRAFT, MeetingState.RESCHEDULED)

    @property
    def agenda_is_public(self) -> bool:
        """Whether the public may read its public items: from the first call on."""
        return self.state != MeetingState.DRAFT


class Announcement(RegionalModel):
    """The meeting stands in the public calendar. A draft is announced by hand; a call announces by itself."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="announcement", verbose_name=_("meeting")
    )
    announced_at = models.DateTimeField(_("announced at"), default=clock.now)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("announced by"),
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("announcement of a meeting")
        verbose_name_plural = _("announcements of meetings")

    def __str__(self) -> str:
        return str(self.meeting)


class Move(RegionalModel):
    """A meeting left its time. The new one may be open; the reason stays in public sight."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moves", verbose_name=_("meeting"))
    former_start = models.DateTimeField(_("former beginning"), null=True, blank=True)
    former_end = models.DateTimeField(_("former end"), null=True, blank=True)
    new_start = models.DateTimeField(_("new beginning"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    moved_at = models.DateTimeField(_("moved at"), default=clock.now)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("moved by"),
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("move of a meeting")
        verbose_name_plural = _("moves of meetings")
        ordering = ["-moved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.reason}"


class FormerAddressQuerySet(RegionalQuerySet["FormerAddress"]):
    """Former addresses by whether anybody may follow them."""

    def announced(self) -> Self:
        """Those of meetings in the public calendar."""
        return self.filter(meeting__announcement__isnull=False).select_related("meeting")


class FormerAddress(RegionalModel):
    """A public address the meeting once had; it leads to the present one for ever."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="former_addresses", verbose_name=_("meeting")
    )
    slug = models.SlugField(_("name in addresses"), max_length=120, unique=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("former address of a meeting")
        verbose_name_plural = _("former addresses of meetings")

    def __str__(self) -> str:
        return self.slug
