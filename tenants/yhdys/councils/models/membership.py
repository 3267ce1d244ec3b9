"""Who sits in a body, as what, for whom and for which time."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access, clock
from yhdys.core.names import in_all
from yhdys.core.ordering import PlaceIn
from yhdys.councils.enums import OFFICERS, Role
from yhdys.councils.models.authority import Authority
from yhdys.councils.models.body import Body
from yhdys.councils.models.periods import dates_in_order, holds
from yhdys.councils.models.surroundings import ExternalDecision
from yhdys.councils.models.term import Seat, Term
from yhdys.organisations.models import Consent, Contact, Organisation
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet

_RANK = PlaceIn("role", Role.values)
_TOLD = (
    *("body", "seat", "deputises_for", "role", "start", "end", "updated_at", "term__start", "term__end"),
    *("contact__name", *in_all("contact__title"), "contact__role_email", "contact__email", "contact__phone"),
    *("contact__photo", *in_all("contact__organisation__name", "organisation__name", "authority__name")),
)
"""The columns of a membership, and of who it is and for whom, that a roster tells."""


class MembershipQuerySet(RegionalQuerySet["Membership"]):
    """Memberships by date, body, role and person."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def in_force(self, on: date | None = None) -> Self:
        """Those that hold on the date, today by default; none holds longer than its term."""
        day = on or clock.today()
        return self.filter(Q(end=None) | Q(end__gte=day), Q(term__end=None) | Q(term__end__gte=day), start__lte=day)

    def of_term(self, term: Term) -> Self:
        """Those of one term, of all its time."""
        return self.filter(term=term)

    def of(self, user: Any) -> Self:
        """Those of a user's own contact; none for nobody and for another region's user, whose key is not here."""
        pk = getattr(user, "pk", None)
        return self.filter(contact__user_id=pk) if pk is not None else self.none()

    def officers(self) -> Self:
        """Chair, vice chair, secretary and communications officer."""
        return self.filter(role__in=OFFICERS)

    def with_role(self, *roles: Role) -> Self:
        """Those in any of the roles."""
        return self.filter(role__in=roles)

    def voting(self) -> Self:
        """Holders of a seat that has a vote; deputies vote only in another's place and are left out."""
        return self.filter(seat__is_voting=True).exclude(role=Role.DEPUTY)

    def reachable(self) -> Self:
        """Those to whom a letter can be sent."""
        return self.exclude(contact__role_email="", contact__email="")

    def unreachable(self) -> Self:
        """Those without any e-mail address."""
        return self.filter(contact__role_email="", contact__email="")

    def with_people(self) -> Self:
        """With everything a list of people shows: two queries for any number of rows."""
        return self.with_contacts().select_related("body", "term", "deputises_for__contact", "seat__sector")

    def with_contacts(self) -> Self:
        """With who it is, for whom, and how they are reached."""
        return self.select_related("contact__organisation", "organisation", "authority").prefetch_related(
            Prefetch("contact__consents", Consent.objects.in_force().told(), to_attr="consents_in_force")
        )

    def for_rosters(self) -> Self:
        """What a roster tells of each, in their order: two queries for any number of rows, and no other column."""
        return self.with_contacts().select_related("term").only(*_TOLD).in_order()

    def listed(self) -> Self:
        """With everything a list of people shows, in their order."""
        return self.with_people().in_order()

    def in_order(self) -> Self:
        """Officers first in their order, then members by family name."""
        return self.order_by(_RANK, "seat__position", "contact__sort_key", "id")


class Membership(RegionalModel):
    """A person's role in a body for a time of a term.

    A member, deputy or expert holds a seat. An officer may be elected from among the members, and then has the office
    beside the seat as a membership of its own, or come from outside, such as a secretary from an organisation centre.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("body"))
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("term"))
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("seat")
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("on behalf of the organisation"),
    )
    authority = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("on behalf of the authority"),
    )
    deputises_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name=_("deputy of")
    )
    decision = models.ForeignKey(
        ExternalDecision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("decided by"),
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            dates_in_order("membership_dates"),
            models.CheckConstraint(
                condition=Q(role=Role.DEPUTY) | Q(deputises_for=None), name="membership_only_deputy_deputises"
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(authority=None), name="membership_on_behalf_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["body", "start", "end"], name="membership_body_dates"),
            models.Index(fields=["contact", "role"], name="membership_person"),
        ]

    def __str__(self) -> str:
        return f"{self.contact}, {self.get_role_display().lower()}"

    @property
    def on_behalf_of(self) -> Organisation | Authority | None:
        """For whom the person sits: told for this membership, else the person's own organisation."""
        return self.organisation or self.authority or self.contact.organisation

    @property
    def is_officer(self) -> bool:
        """Whether it is an office and not a seat alone."""
        return self.role in OFFICERS

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on the date."""
        return holds(self.start, self.end, day) and self.term.holds_on(day)
