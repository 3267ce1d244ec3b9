"""Bodies: a regional council, its sub-regional councils, working committees."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access, clock
from yhdys.core.fields import RichTextField
from yhdys.core.names import in_all
from yhdys.core.ordering import PlaceIn
from yhdys.councils.enums import (
    Appointing,
    Balance,
    BodyKind,
    LegalStanding,
    MandateKind,
    MinutesKind,
    QuorumRule,
)
from yhdys.councils.models.authority import Authority
from yhdys.councils.models.periods import PeriodQuerySet, dates_in_order, holds
from yhdys.places.models import Municipality
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet

_RANK = PlaceIn("kind", BodyKind.values)


class BodyQuerySet(RegionalQuerySet["Body"]):
    """Bodies of the region."""

    def visible_to(self, user: Any) -> Self:
        """All of them, for whoever may see councils in the workspace; else none."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def below(self, body: "Body") -> Self:
        """Those that belong to another body."""
        return self.filter(parent=body)

    def working(self, on: date | None = None) -> Self:
        """Bodies that have not ended by the date, today by default."""
        day = on or clock.today()
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=day))

    def regional_council(self) -> "Body":
        """The region's own council. Raises Body.DoesNotExist in a region that has none yet."""
        council = self.filter(kind=BodyKind.REGIONAL_COUNCIL).order_by("-ended_on", "position", "id").working().first()
        if council is None:
            raise Body.DoesNotExist("The region has no regional council.")
        return council

    def ranked(self) -> Self:
        """With their parents, and ``rank``: kind and place as one number, by which lists run."""
        kinds = (models.When(kind=kind, then=models.Value(place * 100_000)) for place, kind in enumerate(BodyKind))
        first = models.Case(*kinds, default=models.Value(0), output_field=models.IntegerField())
        return self.select_related("parent").annotate(rank=first + models.F("position"))

    def listed(self) -> Self:
        """The regional council first, then as the region has put them."""
        return self.select_related("parent").in_order()

    def for_mentions(self) -> Self:
        """With the name, and when it was changed."""
        return self.only("updated_at", *in_all("name"))

    def for_cards(self) -> Self:
        """What a card tells of each, as the region has put them."""
        return self.only("kind", "slug", "ended_on", *in_all("name", "purpose")).in_order()

    def in_order(self) -> Self:
        """The regional council first, then as the region has put them."""
        return self.order_by(_RANK, "position", "founded_on", "id")


class Body(RegionalModel):  # type: ignore[django-manager-missing]  # translated at run time
    """An advisory council, or a body that belongs to one.

    Its legal standing decides which duties bind it: an organ of the host is under the Openness Act and section 4 a of
    the Equality Act, a free cooperation body is not.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind)
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    purpose = models.TextField(_("purpose"), blank=True)
    composition = models.TextField(_("composition"), blank=True)
    rules = RichTextField(_("rules"), blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent body")
    )
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities"), related_name="+", blank=True
    )
    legal_standing = models.CharField(_("legal standing"), max_length=12, choices=LegalStanding)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founding year"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    appointing = models.CharField(_("how members are appointed"), max_length=24, choices=Appointing, blank=True)
    may_enlarge_itself = models.BooleanField(_("may enlarge itself"), default=False)
    quorum_rule = models.CharField(_("quorum"), max_length=10, choices=QuorumRule, default=QuorumRule.HALF)
    quorum_number = models.PositiveSmallIntegerField(_("number of members for the quorum"), null=True, blank=True)
    quorum_needs_chair = models.BooleanField(_("the chair or vice chair must be present"), default=True)
    minutes_kind = models.CharField(
        _("what is written of meetings"), max_length=10, choices=MinutesKind, default=MinutesKind.MINUTES
    )
    balance = models.CharField(
        _("balance of women and men"), max_length=12, choices=Balance, default=Balance.RECOMMENDED
    )
    controller = models.CharField(_("data controller"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    if TYPE_CHECKING:  # The translations add it.
        name_fi: str

    objects = BodyQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.CheckConstraint(
                condition=~Q(quorum_rule=QuorumRule.NUMBER) | Q(quorum_number__gt=0), name="body_quorum_number"
            ),
            models.CheckConstraint(
                condition=Q(founded_on=None) | Q(ended_on=None) | Q(ended_on__gte=models.F("founded_on")),
                name="body_dates",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[BodyKind.WORKING_COMMITTEE, BodyKind.SUBREGIONAL_COUNCIL])
                | Q(parent__isnull=False),
                name="body_below_has_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_regional_council(self) -> bool:
        """Whether it is the region's own council."""
        return self.kind == BodyKind.REGIONAL_COUNCIL

    @property
    def is_host_organ(self) -> bool:
        """Whether it is an organ of its host, and so under the Openness Act."""
        return self.legal_standing == LegalStanding.HOST_ORGAN

    @property
    def year_of_founding(self) -> int | None:
        """The year alone, where the day may not be known."""
        return self.founded_on.year if self.founded_on else self.founded_year

    def quorum_of(self, members: int) -> int:
        """How many of so many voting members must be present."""
        match self.quorum_rule:
            case QuorumRule.MAJORITY:
                return members // 2 + 1
            case QuorumRule.HALF:
                return -(-members // 2)
            case QuorumRule.THIRD:
                return -(-members // 3)
            case QuorumRule.NUMBER:
                return self.quorum_number or 0
            case _:
                return 0


class OfBodyQuerySet[M: models.Model](RegionalQuerySet[M]):
    """What belongs to bodies."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def of_body(self, body: Body) -> Self:
        """What belongs to one of them."""
        return self.filter(body=body)


class HostPeriodQuerySet(PeriodQuerySet["HostPeriod"]):
    """Hosts by date."""

    def listed(self) -> Self:
        """The newest first."""
        return self.select_related("authority").order_by(models.F("start").desc(nulls_last=True), "-id")

    def told(self) -> Self:
        """What the public reads of the host, the newest first."""
        return self.listed().only("start", "end", "updated_at", "authority__website", *in_all("authority__name"))


class HostPeriod(RegionalModel):
    """For which time an authority hosts a body. A free cooperation body may have none."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="host_periods", verbose_name=_("body"))
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="hosted", verbose_name=_("host organisation")
    )
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)

    objects = HostPeriodQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [dates_in_order("host_period_dates")]

    def __str__(self) -> str:
        return f"{self.body}: {self.authority}"

    def holds_on(self, day: date) -> bool:
        """Whether it hosts on the date."""
        return holds(self.start, self.end, day)


class MandateQuerySet(PeriodQuerySet["Mandate"]):
    """Texts of the mandate."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def of_body(self, body: Body) -> Self:
        """All of one body's, of all times."""
        return self.filter(body=body)

    def told(self) -> Self:
        """What the public reads of each, objectives before tasks."""
        return self.only("kind", "start", "end", "updated_at", *in_all("title", "text")).listed()

    def listed(self) -> Self:
        """Objectives before tasks, each in its order."""
        return self.order_by("kind", "position", "id")


class Mandate(RegionalModel):
    """One objective or task of a body, in its order, for the time it holds."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("body"))
    kind = models.CharField(_("kind"), max_length=10, choices=MandateKind, default=MandateKind.TASK)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    title = models.CharField(_("title"), max_length=150, blank=True)
    text = models.TextField(_("text"))
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    objects = MandateQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [dates_in_order("mandate_dates")]
        indexes = [models.Index(fields=["body", "kind", "position"], name="mandate_order")]

    def __str__(self) -> str:
        return self.title or self.text[:80]

    def holds_on(self, day: date) -> bool:
        """Whether it holds on the date."""
        return holds(self.start, self.end, day)
