"""Who is named for a seat, by whom."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.councils.models import Authority, Membership, Seat
from yhdys.nominations.enums import Door, Gender, Place
from yhdys.nominations.models.call import CallInvitation, NominationCall
from yhdys.nominations.readers import bodies_seen_by
from yhdys.organisations.models import Organisation
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class NominationQuerySet(RegionalQuerySet["Nomination"]):
    """Nominations by seat."""

    def visible_to(self, user: Any) -> Self:
        """As their calls are: nominees are never public (law.md 10)."""
        bodies = bodies_seen_by(user)
        return self if bodies is None else self.filter(call__term__body__in=bodies)

    def with_people(self) -> Self:
        """With seat, organisation and the people named, by two queries."""
        return self.select_related(
            "call__term__body",
            "seat__sector",
            "seat__organisation",
            "seat__municipality",
            "seat__authority",
            "organisation__municipality",
            "authority__municipality",
            "invitation",
        ).prefetch_related(models.Prefetch("nominees", Nominee.objects.order_by("-place", "id")))

    def listed(self) -> Self:
        """The same, seat by seat, in the order in which they came."""
        return self.with_people().order_by("seat__position", "seat_id", "received_at", "id")

    def chosen(self) -> Self:
        """Those that the proposal holds."""
        return self.filter(is_chosen=True)


class Nomination(RegionalModel):
    """A member and perhaps a deputy named for one seat. One nomination a seat is chosen into the proposal."""

    call = models.ForeignKey(
        NominationCall, on_delete=models.CASCADE, related_name="nominations", verbose_name=_("request")
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations", verbose_name=_("seat"))
    invitation = models.ForeignKey(
        CallInvitation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("asked organisation"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("organisation"),
    )
    authority = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("authority"),
    )
    named_by = models.CharField(_("who names"), max_length=200)
    sender_name = models.CharField(_("who filled in the form"), max_length=150, blank=True)
    sender_email = models.EmailField(_("address of who filled in the form"), blank=True)
    reasons = models.TextField(_("grounds"), max_length=2000, blank=True)
    way = models.CharField(_("came by way of"), max_length=5, choices=Door)
    received_at = models.DateTimeField(_("received at"), default=clock.now)
    is_late = models.BooleanField(_("came late"), default=False)
    is_chosen = models.BooleanField(_("in the proposal"), default=False)

    objects = NominationQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "seat"], condition=Q(is_chosen=True), name="nomination_one_chosen_per_seat"
            ),
            models.UniqueConstraint(
                fields=["invitation", "seat"],
                condition=Q(invitation__isnull=False),
                name="nomination_once_per_invited_seat",
            ),
            models.CheckConstraint(condition=Q(organisation=None) | Q(authority=None), name="nomination_by_one"),
        ]
        indexes = [models.Index(fields=["call", "seat"], name="nomination_by_seat")]

    def __str__(self) -> str:
        return f"{self.named_by}: {self.seat}"

    @property
    def body_id(self) -> Any:
        """The key of the body whose members are named."""
        return self.call.term.body_id

    def of(self, place: Place) -> "Nominee | None":
        """Who is named for the place; from what ``with_people`` fetched."""
        return next((one for one in self.nominees.all() if one.place == place), None)

    @property
    def member(self) -> "Nominee | None":
        """Who is named as the member; None when the names have been erased."""
        return self.of(Place.MEMBER)

    @property
    def deputy(self) -> "Nominee | None":
        """Who is named as the deputy."""
        return self.of(Place.DEPUTY)


class Nominee(RegionalModel):
    """A person who is named. Never public; what becomes of a member is published as law.md 10 says."""

    nomination = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, related_name="nominees", verbose_name=_("nomination")
    )
    place = models.CharField(_("named as"), max_length=6, choices=Place)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("personal e-mail address"))
    phone = models.CharField(_("personal telephone number"), max_length=40, blank=True)
    gender = models.CharField(_("gender"), max_length=5, choices=Gender, blank=True)
    publishes_email = models.BooleanField(_("lets the e-mail address be published"), default=False)
    publishes_phone = models.BooleanField(_("lets the telephone number be published"), default=False)
    membership = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="nominees",
        verbose_name=_("membership"),
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("nominee")
        verbose_name_plural = _("nominees")
        ordering = ["-place", "id"]
        constraints = [models.UniqueConstraint(fields=["nomination", "place"], name="nominee_once_per_place")]

    def __str__(self) -> str:
        return self.name

    def is_same_person(self, other: "Nominee") -> bool:
        """Whether both are one person, as far as address and name tell."""
        return self.email.casefold() == other.email.casefold() and self.name.casefold() == other.name.casefold()
