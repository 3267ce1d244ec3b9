"""A call to name members, and the organisations and authorities that are asked."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.councils.enums import Appointing
from yhdys.councils.models import Authority, Body, ExternalDecision, Seat, Term
from yhdys.councils.models.term import SeatQuerySet
from yhdys.mail.models import OutgoingMail
from yhdys.nominations.enums import CallKind, CallState, Door, Reply
from yhdys.nominations.readers import bodies_seen_by
from yhdys.organisations.models import Contact, Organisation
from yhdys.tenancy.models import ActionLink, RegionalModel, RegionalQuerySet

TAKING = (CallState.OPEN, CallState.CLOSED)
"""States in which an answer that has not been given yet is still taken."""


class NominationCallQuerySet(RegionalQuerySet["NominationCall"]):
    """Calls by body and state."""

    def visible_to(self, user: Any) -> Self:
        """Those of the bodies whose members the user appoints; the staff see all. Names are for nobody else."""
        bodies = bodies_seen_by(user)
        return self if bodies is None else self.filter(term__body__in=bodies)

    def listed(self) -> Self:
        """With term and body; the newest first."""
        return self.select_related("term__body", "decision").order_by("-opens_on", "-id")

    def of_term(self, term: Term) -> Self:
        """All calls of one term."""
        return self.filter(term=term)

    def in_public(self) -> Self:
        """Open calls that everybody may read: from their opening until the names are proposed."""
        return self.filter(kind=CallKind.OPEN, state__in=TAKING).select_related("term__body")

    def taking(self) -> Self:
        """Those to which names can be sent now."""
        return self.filter(state=CallState.OPEN).order_by("deadline", "id")

    def waiting(self) -> Self:
        """Those whose appointment is still to come."""
        return self.exclude(state=CallState.APPOINTED)


class NominationCall(RegionalModel):
    """A request to name members for seats of a term.

    ``order`` is the body's way of appointing, kept with the call: whether the deciding body acts before naming, after
    the field's proposals (and may return them), at the constitutive meeting, or not at all (domain.md).
    """

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="nomination_calls", verbose_name=_("term"))
    kind = models.CharField(_("who is asked"), max_length=8, choices=CallKind, default=CallKind.INVITED)
    order = models.CharField(_("how members are appointed"), max_length=24, choices=Appointing)
    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    text = models.TextField(_("what is asked"))
    opens_on = models.DateField(_("opens on"))
    deadline = models.DateField(_("answers by"))
    seats = models.ManyToManyField(Seat, related_name="nomination_calls", verbose_name=_("seats"), blank=True)
    asks_deputies = models.BooleanField(_("asks for deputies, too"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.DRAFT, editable=False)
    decision = models.ForeignKey(
        ExternalDecision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nomination_calls",
        verbose_name=_("decided by"),
    )
    balance_reason = models.TextField(_("why the balance is not reached"), blank=True)
    return_reason = models.TextField(_("why the proposal was returned"), blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    appointed_at = models.DateTimeField(_("appointed at"), null=True, blank=True)

    if TYPE_CHECKING:  # The translations add it.
        text_fi: str

    objects = NominationCallQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("request to name representatives")
        verbose_name_plural = _("requests to name representatives")
        constraints = [
            models.CheckConstraint(condition=Q(deadline__gte=F("opens_on")), name="call_dates"),
            models.CheckConstraint(
                condition=Q(state=CallState.DRAFT) | Q(opened_at__isnull=False), name="call_opened_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=CallState.APPOINTED) | Q(appointed_at__isnull=False), name="call_appointed_has_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "deadline"], name="call_deadline")]

    def __str__(self) -> str:
        return gettext("{body}, term {term}").format(body=self.term.body, term=self.term)

    @property
    def body(self) -> Body:
        """The body whose members are named."""
        return self.term.body

    @property
    def body_id(self) -> Any:
        """Its key."""
        return self.term.body_id

    @property
    def asked_seats(self) -> SeatQuerySet:
        """The seats of the call in the order of the roster."""
        seats: SeatQuerySet = Seat.objects.filter(nomination_calls=self)
        return seats.listed()

    @property
    def is_over(self) -> bool:
        """Whether the last day for answers has passed."""
        return self.deadline < clock.today()

    @property
    def takes_answers(self) -> bool:
        """Whether somebody who has not answered still can; after the deadline the answer is marked as late."""
        return self.state in TAKING

    @property
    def takes_corrections(self) -> bool:
        """Whether an answer that has been given can be changed."""
        return self.state == CallState.OPEN

    @property
    def needs_decision_first(self) -> bool:
        """Whether the deciding body acts before anybody is asked (Kainuu)."""
        return self.order == Appointing.DECIDED_THEN_NAMED

    @property
    def needs_decision_after(self) -> bool:
        """Whether the deciding body acts on the proposal, which it may return (Lapland)."""
        return self.order == Appointing.PROPOSED_THEN_DECIDED


class CallInvitationQuerySet(RegionalQuerySet["CallInvitation"]):
    """Invitations by their answer and their letters."""

    def visible_to(self, user: Any) -> Self:
        """As their calls are."""
        bodies = bodies_seen_by(user)
        return self if bodies is None else self.filter(call__term__body__in=bodies)

    def listed(self) -> Self:
        """With what the desk and the letters show, by name."""
        return (
            self.select_related("call__term__body", "organisation", "authority", "contact", "mail")
            .prefetch_related("seats__sector", "seats__organisation", "seats__municipality", "seats__authority")
            .order_by("name", "id")
        )

    def of_link(self, link: ActionLink) -> Self:
        """The one to whom a link in a letter belongs."""
        return self.filter(pk=link.target_id)

    def unanswered(self) -> Self:
        """Nothing heard."""
        return self.filter(reply=Reply.UNANSWERED)


class CallInvitation(RegionalModel):
    """One organisation or authority that is asked to name, and how it answered.

    The name and the address are written out: they tell who was really written to.
    """

    call = models.ForeignKey(
        NominationCall, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("request")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nomination_invitations",
        verbose_name=_("organisation"),
    )
    authority = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nomination_invitations",
        verbose_name=_("authority"),
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="nomination_invitations",
        verbose_name=_("written to"),
    )
    seats = models.ManyToManyField(Seat, related_name="nomination_invitations", verbose_name=_("seats"))
    name = models.CharField(_("who is asked"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fi")
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("letter")
    )
    reminded_before = models.DateField(_("reminded before the deadline"), null=True, blank=True)
    reminded_after = models.DateField(_("reminded after the deadline"), null=True, blank=True)
    reply = models.CharField(_("answer"), max_length=10, choices=Reply, default=Reply.UNANSWERED)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.CharField(_("answered by way of"), max_length=5, choices=Door, blank=True)
    is_late = models.BooleanField(_("came late"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = CallInvitationQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("asked organisation")
        verbose_name_plural = _("asked organisations")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, authority=None) | Q(organisation=None, authority__isnull=False),
                name="call_asks_one",
            ),
            models.UniqueConstraint(
                fields=["call", "organisation"], condition=Q(organisation__isnull=False), name="call_organisation_once"
            ),
            models.UniqueConstraint(
                fields=["call", "authority"], condition=Q(authority__isnull=False), name="call_authority_once"
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.UNANSWERED, answered_at=None)
                | (~Q(reply=Reply.UNANSWERED) & Q(answered_at__isnull=False)),
                name="call_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def body_id(self) -> Any:
        """The key of the body whose members are named."""
        return self.call.term.body_id

    @property
    def asked_seats(self) -> SeatQuerySet:
        """The seats for which they are asked, in the order of the roster."""
        seats: SeatQuerySet = Seat.objects.filter(nomination_invitations=self)
        return seats.listed()

    @property
    def is_answered(self) -> bool:
        """Whether anything has been heard."""
        return self.reply != Reply.UNANSWERED

    @property
    def has_failed(self) -> bool:
        """Whether its letter could not be delivered after all attempts."""
        return self.mail is not None and self.mail.state == OutgoingMail.State.FAILED

    @property
    def version(self) -> str:
        """The moment of the answer, to the microsecond: what a page was made from; empty before any."""
        return self.answered_at.isoformat() if self.answered_at is not None else ""


def day_of(moment: datetime | None) -> date | None:
    """The Finnish date of a moment."""
    return moment.astimezone(clock.HELSINKI).date() if moment is not None else None
