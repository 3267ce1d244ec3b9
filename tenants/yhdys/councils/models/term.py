"""Terms of a body, and the seats in them."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access, clock
from yhdys.core.names import in_all
from yhdys.councils.enums import Represents, TermState
from yhdys.councils.models.authority import Authority
from yhdys.councils.models.body import Body
from yhdys.councils.models.periods import PeriodQuerySet, dates_in_order, holds
from yhdys.councils.models.surroundings import ExternalDecision
from yhdys.keywords.models import Sector
from yhdys.organisations.models import Contact, Organisation
from yhdys.places.models import Municipality, WellbeingServicesCounty
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel


class TermQuerySet(PeriodQuerySet["Term"]):
    """Terms by date."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def known_to(self, user: Any) -> Self:
        """Those that have begun, which the public knows; for whoever sees councils planned ones too."""
        begun = Q(start__lte=clock.today())
        return self.filter(begun | Q(pk__in=self.visible_to(user).values("pk")))

    def listed(self) -> Self:
        """The newest first."""
        return self.select_related("body", "convener").order_by("-start", "-id")

    def for_rosters(self) -> Self:
        """What the choice of a roster tells of each, the newest first."""
        told = ("body", "start", "end", "is_pilot", "review_on", "updated_at", *in_all("name"))
        return self.only(*told).order_by("-start", "-id")

    def of_body(self, body: Body) -> Self:
        """All terms of one body."""
        return self.filter(body=body)

    def running(self) -> Self:
        """Begun and not ended, under review included."""
        return self.filter(state__in=[TermState.RUNNING, TermState.UNDER_REVIEW])

    def of(self, body: Body, *, on: date | None = None) -> "Term | None":
        """The body's term on the date, today by default; None between terms."""
        return self.filter(body=body).in_force(on).order_by("-start").first()


class Term(RegionalModel):  # type: ignore[django-manager-missing]  # translated at run time
    """The time for which a body's members sit. A pilot has a date on which it is reviewed.

    Until ``constituted_on`` nobody is elected, and the convener has the secretary's rights.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms", verbose_name=_("body"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"), null=True, blank=True)
    is_pilot = models.BooleanField(_("pilot"), default=False)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=TermState, default=TermState.PLANNED, editable=False)
    convener = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="convened_terms",
        verbose_name=_("convener"),
    )
    constituted_on = models.DateField(_("constitutive meeting held on"), null=True, blank=True)
    decision = models.ForeignKey(
        ExternalDecision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("decided by"),
    )
    notes = models.TextField(_("about the term"), blank=True)

    objects = TermQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            dates_in_order("term_dates"),
            models.CheckConstraint(condition=Q(is_pilot=True) | Q(review_on=None), name="term_review_of_pilot_only"),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gte=F("start")), name="term_review_after_start"
            ),
            models.UniqueConstraint(fields=["body", "start"], name="term_once_per_start"),
        ]

    def __str__(self) -> str:
        return self.name or self.years

    @property
    def years(self) -> str:
        """The years it covers, such as 2022–2023; 2022– while the end is open."""
        if self.end is None:
            return f"{self.start.year}–"
        if self.end.year == self.start.year:
            return str(self.start.year)
        return f"{self.start.year}–{self.end.year}"

    def holds_on(self, day: date) -> bool:
        """Whether the term has begun and not ended on the date."""
        return holds(self.start, self.end, day)


class SeatQuerySet(PeriodQuerySet["Seat"]):
    """Seats with what they represent."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def of_term(self, term: Term) -> Self:
        """The seats of one term, those that have ended or are to come included."""
        return self.filter(term=term)

    def with_represented(self) -> Self:
        """Everything a list of seats shows, by one query."""
        return self.select_related(
            "term__body", "sector", "organisation", "municipality", "authority", "county", "other_body"
        )

    def for_rosters(self) -> Self:
        """What a roster tells of each, in its order: one query, and no other column."""
        names = in_all(
            *(f"{whose}__name" for whose in ("sector", "organisation", "municipality", "authority", "county"))
        )
        return (
            self.select_related("sector", "organisation", "municipality", "authority", "county", "other_body")
            .only("term", "represents", *in_all("label"), *names, *in_all("other_body__name"))
            .order_by("position", "id")
        )

    def listed(self) -> Self:
        """In the order of the roster."""
        return self.with_represented().order_by("position", "id")


class Seat(RegionalModel):
    """A place in a body for one term. It stays when nobody holds it.

    A sector can be spoken for by an organisation; then both are told. A council that enlarges itself adds a seat that
    starts later than the term; an authority whose successor takes over ends its seat and a new one starts.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="seats", verbose_name=_("term"))
    represents = models.CharField(_("speaks for"), max_length=12, choices=Represents)
    label = models.CharField(_("name of the seat"), max_length=200, blank=True)
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("organisation"),
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("authority")
    )
    county = models.ForeignKey(
        WellbeingServicesCounty,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wellbeing services county"),
    )
    other_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="liaison_seats", verbose_name=_("body")
    )
    by_post = models.BooleanField(_("a post brings the seat with it"), default=False)
    is_voting = models.BooleanField(_("has a vote"), default=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)

    if TYPE_CHECKING:  # The translations add it.
        label_fi: str

    objects = SeatQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            dates_in_order("seat_dates"),
            models.CheckConstraint(
                name="seat_names_what_it_represents",
                condition=Q(represents=Represents.SECTOR, sector__isnull=False)
                | Q(represents=Represents.ORGANISATION, organisation__isnull=False)
                | Q(represents=Represents.MUNICIPALITY, municipality__isnull=False)
                | Q(represents=Represents.AUTHORITY, authority__isnull=False)
                | Q(represents=Represents.COUNTY, county__isnull=False)
                | Q(represents=Represents.BODY, other_body__isnull=False)
                | Q(represents__in=[Represents.EXPERT, Represents.POST]),
            ),
        ]
        indexes = [models.Index(fields=["term", "position"], name="seat_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> Body:
        """The body the seat is in."""
        return self.term.body

    @property
    def name(self) -> str:
        """What the seat is called: its own name, else what it represents."""
        return self.label or str(self.represented or self.get_represents_display())

    @property
    def represented(self) -> object | None:
        """The record that the seat speaks for, the narrowest known; None for an expert or a post."""
        match self.represents:
            case Represents.SECTOR:
                return self.sector
            case Represents.ORGANISATION:
                return self.organisation
            case Represents.MUNICIPALITY:
                return self.municipality
            case Represents.AUTHORITY:
                return self.authority
            case Represents.COUNTY:
                return self.county
            case Represents.BODY:
                return self.other_body
            case _:
                return None
