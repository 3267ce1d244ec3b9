"""Who is called to a meeting, by which round of letters, and what they answered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.mail.models import OutgoingMail
from yhdys.meetings.enums import FOR_INFORMATION, Answer, AnsweredBy, ConvocationKind, InvitationRole
from yhdys.meetings.models.agenda import AgendaItem
from yhdys.meetings.models.meeting import Meeting, PartQuerySet
from yhdys.tenancy.models import RegionalModel


class GuestQuerySet(PartQuerySet["Guest"]):
    """Guests by who may see them."""


class Guest(RegionalModel):
    """Somebody from outside who is called to the meeting or to one of its items."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests", verbose_name=_("meeting"))
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="guests",
        verbose_name=_("agenda item"),
    )
    name = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fi")

    objects = GuestQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "email"], name="guest_once")]

    def __str__(self) -> str:
        return self.name


class Convocation(RegionalModel):
    """One round of letters to everybody who is called. ``sequence`` rises with each and orders calendars (RFC 5546)."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="convocations", verbose_name=_("meeting")
    )
    sequence = models.PositiveSmallIntegerField(_("sequence"))
    kind = models.CharField(_("kind"), max_length=15, choices=ConvocationKind, default=ConvocationKind.CALL)
    text = models.TextField(_("covering words"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), default=clock.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )

    class Meta(RegionalModel.Meta):
        verbose_name = _("notice of meeting")
        verbose_name_plural = _("notices of meeting")
        ordering = ["-sequence"]
        constraints = [models.UniqueConstraint(fields=["meeting", "sequence"], name="convocation_sequence_once")]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.get_kind_display()})"


class InvitationQuerySet(PartQuerySet["Invitation"]):
    """Invitations by whether they count and how they were answered."""

    to_meeting = "convocation__meeting"

    def current(self) -> Self:
        """Those of the meeting's latest call: an earlier call's answers were for another time."""
        latest = (
            Convocation.objects.filter(meeting=models.OuterRef("convocation__meeting"))
            .exclude(kind=ConvocationKind.CANCELLATION)
            .order_by("-sequence")
            .values("pk")[:1]
        )
        return self.filter(convocation=models.Subquery(latest))

    def unanswered(self) -> Self:
        """Nothing heard, from those whose answer is waited for."""
        return self.filter(answer=Answer.UNANSWERED).exclude(role__in=FOR_INFORMATION)

    def to(self, meeting: Meeting) -> Self:
        """Those to one meeting, of all its calls."""
        return self.filter(convocation__meeting=meeting)

    def for_answering(self) -> Self:
        """With what the page behind the link in a letter shows."""
        return self.select_related("convocation__meeting__body", "membership", "contact", "guest")

    def for_desk(self) -> Self:
        """With what the desk's table of answers shows, the weightiest role first, then by name."""
        order = models.Case(
            *(models.When(role=role, then=models.Value(n)) for n, role in enumerate(InvitationRole.values)),
            output_field=models.PositiveSmallIntegerField(),
        )
        return self.select_related("mail", "deputy", "membership", "convocation__meeting").order_by(order, "name")


class Invitation(RegionalModel):
    """One person's call. Name, address and reason are written out: they tell whom the letter really called."""

    convocation = models.ForeignKey(
        Convocation, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("notice of meeting")
    )
    contact = models.ForeignKey(
        "organisations.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("person"),
    )
    membership = models.ForeignKey(
        "councils.Membership",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("membership"),
    )
    guest = models.ForeignKey(
        Guest, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations", verbose_name=_("guest")
    )
    role = models.CharField(_("role"), max_length=20, choices=InvitationRole)
    reason = models.CharField(_("why they are called"), max_length=300, blank=True)
    votes = models.BooleanField(_("has a vote"), default=False)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="fi")
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("letter")
    )
    answer = models.CharField(_("answer"), max_length=15, choices=Answer, default=Answer.UNANSWERED)
    deputy = models.ForeignKey(
        "organisations.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deputy who comes"),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.CharField(_("answered by way of"), max_length=10, choices=AnsweredBy, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["contact", "answer"], name="invitation_contact")]
        constraints = [
            models.UniqueConstraint(
                fields=["convocation", "contact"], condition=Q(contact__isnull=False), name="invitation_contact_once"
            ),
            models.UniqueConstraint(
                fields=["convocation", "guest"], condition=Q(guest__isnull=False), name="invitation_guest_once"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.UNANSWERED, answered_at=None)
                | (~Q(answer=Answer.UNANSWERED) & Q(answered_at__isnull=False)),
                name="invitation_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_answered(self) -> bool:
        """Whether anything has been heard."""
        return self.answer != Answer.UNANSWERED

    @property
    def has_failed(self) -> bool:
        """Whether its letter could not be delivered after all attempts."""
        return self.mail is not None and self.mail.state == OutgoingMail.State.FAILED
