"""Whom a body has named to speak for it outside: partnership tables, working groups of authorities."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access, clock
from yhdys.councils.enums import GroupKind, StandsAs
from yhdys.councils.models.authority import Authority
from yhdys.councils.models.body import Body, OfBodyQuerySet
from yhdys.councils.models.periods import PeriodQuerySet, dates_in_order, holds
from yhdys.councils.models.surroundings import ExternalDecision
from yhdys.organisations.models import Contact, Organisation
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class OutsideGroupQuerySet(PeriodQuerySet["OutsideGroup"]):
    """Groups outside the region's councils."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def listed(self) -> Self:
        """Partnership tables first, then by name."""
        kinds = (models.When(kind=kind, then=models.Value(place)) for place, kind in enumerate(GroupKind))
        rank = models.Case(*kinds, default=models.Value(len(GroupKind)), output_field=models.IntegerField())
        return self.select_related("authority").order_by(rank, "name_fi", "id")


class OutsideGroup(RegionalModel):
    """A partnership table, or a working group of an authority, in which the councils have representatives."""

    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind)
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(_("what it does"), blank=True)
    authority = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outside_groups",
        verbose_name=_("whose group it is"),
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("until"), null=True, blank=True)

    if TYPE_CHECKING:  # The translations add it.
        name_fi: str

    objects = OutsideGroupQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("outside group")
        verbose_name_plural = _("outside groups")
        constraints = [dates_in_order("outside_group_dates")]

    def __str__(self) -> str:
        return self.name


class RepresentationQuerySet(OfBodyQuerySet["Representation"]):
    """Mandates by date, body and person."""

    def in_force(self, on: date | None = None) -> Self:
        """Those that hold on the date, today by default; none holds longer than its group is there."""
        day = on or clock.today()
        lasting = Q(end=None) | Q(end__gte=day)
        group = Q(group__end=None) | Q(group__end__gte=day)
        return self.filter(lasting, group, start__lte=day)

    def visible_to(self, user: Any) -> Self:
        """As bodies are; a representative who is in none of them sees the own mandates."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.of(user).in_force()

    def of(self, user: Any) -> Self:
        """A user's own; none for nobody and for another region's user."""
        pk = getattr(user, "pk", None)
        return self.filter(contact__user_id=pk) if pk is not None else self.none()

    def listed(self) -> Self:
        """Group by group; members before deputies, then by family name."""
        kinds = (models.When(group__kind=kind, then=models.Value(place)) for place, kind in enumerate(GroupKind))
        rank = models.Case(*kinds, default=models.Value(len(GroupKind)), output_field=models.IntegerField())
        related = ("body", "group__authority", "contact__organisation", "organisation", "decision")
        return self.select_related(*related).order_by(
            rank, "group__name_fi", "group", "-stands_as", "contact__sort_key", "id"
        )


class Representation(RegionalModel):
    """One person's mandate to speak for a body in a group outside of it, for its dates."""

    group = models.ForeignKey(
        OutsideGroup, on_delete=models.PROTECT, related_name="representations", verbose_name=_("group")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="representations", verbose_name=_("who named")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="representations", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="representations",
        verbose_name=_("from the organisation"),
    )
    stands_as = models.CharField(_("as"), max_length=8, choices=StandsAs, default=StandsAs.MEMBER)
    named_on = models.DateField(_("named on"), null=True, blank=True)
    decision = models.ForeignKey(
        ExternalDecision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="representations",
        verbose_name=_("decision of another body"),
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("until"), null=True, blank=True)

    objects = RepresentationQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [dates_in_order("representation_dates")]
        indexes = [models.Index(fields=["body", "start", "end"], name="representation_body_dates")]

    def __str__(self) -> str:
        return f"{self.contact}, {self.group}"

    @property
    def from_organisation(self) -> Organisation | None:
        """The organisation told for this mandate, else the person's own."""
        return self.organisation or self.contact.organisation

    def holds_on(self, day: date) -> bool:
        """Whether the mandate is in force on the date."""
        return holds(self.start, self.end, day) and holds(self.group.start, self.group.end, day)


class RepresentationReportQuerySet(RegionalQuerySet["RepresentationReport"]):
    """What representatives told."""

    def visible_to(self, user: Any) -> Self:
        """What was told of mandates that the user may see: members read it."""
        return self.filter(representation__in=Representation.objects.visible_to(user))

    def listed(self) -> Self:
        """The newest first."""
        related = ("representation__group", "representation__contact", "representation__body", "told_by")
        return self.select_related(*related).order_by("-told_on", "-id")


class RepresentationReport(RegionalModel):
    """A short note of what happened in a group, for the members of the body."""

    representation = models.ForeignKey(
        Representation, on_delete=models.CASCADE, related_name="reports", verbose_name=_("representation")
    )
    told_on = models.DateField(_("date"))
    text = models.TextField(_("what happened"), max_length=5000)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("told by"),
    )

    objects = RepresentationReportQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("report of a representative")
        verbose_name_plural = _("reports of representatives")
        indexes = [models.Index(fields=["representation", "-told_on"], name="report_order")]

    def __str__(self) -> str:
        return f"{self.representation} {self.told_on:%-d.%-m.%Y}"

    @property
    def body(self) -> Body:
        """Whose members it is for."""
        return self.representation.body
