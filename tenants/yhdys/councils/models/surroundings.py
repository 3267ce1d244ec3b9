"""What stands around a body: its story, decisions taken elsewhere, channels, reforms it follows, texts it cites."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from yhdys.core import access
from yhdys.core.names import in_all
from yhdys.councils.enums import (
    ChannelKind,
    ChannelState,
    EventKind,
    MatterState,
    Precision,
    ProgrammeKind,
)
from yhdys.councils.models.authority import Authority
from yhdys.councils.models.body import Body, OfBodyQuerySet
from yhdys.councils.models.periods import PeriodQuerySet, dates_in_order
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel


class ExternalDecisionQuerySet(OfBodyQuerySet["ExternalDecision"]):
    """Decisions of other bodies."""

    def listed(self) -> Self:
        """The newest first."""
        return self.select_related("authority").order_by("-date", "-id")

    def told(self) -> Self:
        """What the public reads of each, the newest first."""
        told = ("date", "case_number", "url", "updated_at", *in_all("deciding_body", "title"))
        return self.only(*told).order_by("-date", "-id")


class ExternalDecision(RegionalModel):  # type: ignore[django-manager-missing]  # translated at run time
    """What another body decided about this one, and where its record stands."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="external_decisions", verbose_name=_("body"))
    deciding_body = models.CharField(_("deciding body"), max_length=200)
    authority = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("authority"),
    )
    date = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=250)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    objects = ExternalDecisionQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("decision of another body")
        verbose_name_plural = _("decisions of other bodies")

    def __str__(self) -> str:
        return self.title


class TimelineEventQuerySet(OfBodyQuerySet["TimelineEvent"]):
    """The story of a body."""

    def listed(self) -> Self:
        """From the beginning."""
        return self.select_related("decision").order_by("date", "id")

    def told(self) -> Self:
        """What the public reads of each, from the beginning."""
        return self.listed().only("date", "precision", "url", "updated_at", "decision__url", *in_all("title", "text"))


class TimelineEvent(RegionalModel):
    """Something that happened in a body's story: an initiative, its preparation, a decision."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="events", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind, default=EventKind.OTHER)
    date = models.DateField(_("date"))
    precision = models.CharField(_("how exactly the date is known"), max_length=5, choices=Precision, default="day")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    decision = models.ForeignKey(
        ExternalDecision,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("decision of another body"),
    )

    objects = TimelineEventQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["body", "date"], name="timeline_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def link(self) -> str:
        """Where more is told: its own address, else that of the decision; empty when there is neither."""
        return self.url or (self.decision.url if self.decision is not None else "")

    @property
    def shown_date(self) -> str:
        """The date as exactly as it is known, in the language of the page: 2012, March 2012, 27.4.2022."""
        match self.precision:
            case Precision.YEAR:
                return str(self.date.year)
            case Precision.MONTH:
                return str(date_format(self.date, "F Y"))
            case _:
                return str(date_format(self.date, "SHORT_DATE_FORMAT"))


class PublicationChannelQuerySet(OfBodyQuerySet["PublicationChannel"]):
    """Channels of a body."""

    def lasting(self) -> Self:
        """In use or announced: those that have ended are left out."""
        return self.exclude(state=ChannelState.ENDED)

    def listed(self) -> Self:
        """In their order."""
        return self.order_by("position", "id")

    def told(self) -> Self:
        """What the public reads of each, in their order."""
        return self.listed().only("state", "url", "updated_at", *in_all("name", "what"))


class PublicationChannel(RegionalModel):
    """Where else a body publishes; one may be announced before it is there."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="channels", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=12, choices=ChannelKind)
    state = models.CharField(_("state"), max_length=8, choices=ChannelState, default=ChannelState.IN_USE)
    name = models.CharField(_("name"), max_length=200)
    what = models.CharField(_("what is published there"), max_length=250, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    objects = PublicationChannelQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("publication channel")
        verbose_name_plural = _("publication channels")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ChannelState.IN_USE, kind__in=[ChannelKind.HOST_SITE, ChannelKind.OWN_SITE], url=""),
                name="channel_site_in_use_has_address",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FollowedMatterQuerySet(OfBodyQuerySet["FollowedMatter"]):
    """Reforms that a body follows."""

    def listed(self) -> Self:
        """What still comes first, then the newest."""
        return self.order_by("state", models.F("in_force_on").desc(nulls_first=True), "id")

    def told(self) -> Self:
        """What the public reads of each, in the same order."""
        return self.listed().only("state", "in_force_on", "url", "updated_at", *in_all("title", "text", "planned_for"))


class FollowedMatter(RegionalModel):
    """A reform that a body follows on behalf of the field."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="followed_matters", verbose_name=_("body"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MatterState, default=MatterState.PLANNED)
    planned_for = models.CharField(_("planned for"), max_length=60, blank=True)
    in_force_on = models.DateField(_("in force on"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    objects = FollowedMatterQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("followed matter")
        verbose_name_plural = _("followed matters")

    def __str__(self) -> str:
        return self.title


class ExternalProgrammeQuerySet(PeriodQuerySet["ExternalProgramme"]):
    """Texts that are cited."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def listed(self) -> Self:
        """By kind, the newest first."""
        return self.order_by("kind", models.F("start").desc(nulls_last=True), "id")


class ExternalProgramme(RegionalModel):
    """A law, programme or agreement outside the region's councils that they cite as a ground."""

    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind)
    name = models.CharField(_("name"), max_length=250)
    owner = models.CharField(_("whose it is"), max_length=200, blank=True)
    reference = models.CharField(_("number, such as 410/2015"), max_length=60, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)

    objects = ExternalProgrammeQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("outside programme")
        verbose_name_plural = _("outside programmes")
        constraints = [dates_in_order("programme_dates")]

    def __str__(self) -> str:
        return self.name
