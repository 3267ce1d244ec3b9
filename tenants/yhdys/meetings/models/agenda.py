"""What a meeting deals with, what it resolved, and who does what by when."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.core.fields import RichTextField
from yhdys.core.names import in_all
from yhdys.keywords.models import Keyword
from yhdys.meetings.enums import ItemKind, MeetingState, Outcome, Publicity
from yhdys.meetings.models.meeting import Meeting, PartQuerySet
from yhdys.tenancy.models import RegionalModel

MOST_MINUTES = 600
"""The longest time an item may be given: ten hours."""


class AgendaItemQuerySet(PartQuerySet["AgendaItem"]):
    """Items by who may read them."""

    def public(self) -> Self:
        """What anyone may read once the meeting has been called."""
        return self.filter(publicity=Publicity.PUBLIC)

    def waiting_for(self, body: object) -> Self:
        """Items that the body tabled or returned and that no meeting has taken up since; the earliest first.

        A meeting that was cancelled has taken up nothing.
        """
        taken = AgendaItem.objects.filter(continues=OuterRef("pk")).exclude(meeting__state=MeetingState.CANCELLED)
        waiting = self.filter(meeting__body=body, outcome__in=[Outcome.TABLED, Outcome.RETURNED])
        return waiting.exclude(Exists(taken)).order_by("meeting__starts_at", "number")

    def undecided(self) -> Self:
        """Items without an outcome."""
        return self.filter(outcome="")

    def for_reading(self) -> Self:
        """With what a page of a meeting shows, in the order of their numbers."""
        return self.select_related("resolution", "continues__meeting").prefetch_related("keywords", "papers")

    def for_pages(self) -> Self:
        """What the public page of a meeting tells of each, in the order of their numbers."""
        own = ("meeting", "number", "presenter", "minutes_planned", "publicity", "outcome", "discussion", "updated_at")
        texts = in_all("title", "description", "resolution__text")
        return self.select_related("resolution").prefetch_related("keywords").only(*own, *texts)

    def with_record(self) -> Self:
        """With the votes and elections that were held at them."""
        return self.prefetch_related("votes", "elections__candidates")


class AgendaItem(RegionalModel):  # type: ignore[django-manager-missing]  # those of translated records
    """One item (§) of a meeting ([O] AgendaItem). Its number is its place in the agenda, from 1."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda_items", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind, default=ItemKind.DISCUSSION)
    title = models.CharField(_("title"), max_length=250)
    description = RichTextField(_("description"), blank=True)
    presenter = models.CharField(
        _("presenter"), max_length=200, blank=True, help_text=_("Who presents the item, with organisation.")
    )
    minutes_planned = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
        help_text=_("How long the item is expected to take."),
    )
    stays_last = models.BooleanField(_("at the end of the agenda"), default=False, editable=False)
    source = models.CharField(_("where the matter comes from"), max_length=120, blank=True, editable=False)
    publicity = models.CharField(_("who may read"), max_length=10, choices=Publicity, default=Publicity.PUBLIC)
    keywords = models.ManyToManyField(
        Keyword, blank=True, related_name="+", verbose_name=_("keywords"), db_table="meetings_agendaitem_keyword"
    )
    continues = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="continued_by",
        verbose_name=_("continues the item"),
    )
    outcome = models.CharField(_("outcome"), max_length=25, choices=Outcome, blank=True)
    discussion = RichTextField(_("discussion"), blank=True)

    objects = AgendaItemQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["number"]
        constraints = [
            # Checked at the end of the transaction: renumbering passes through equal numbers.
            models.UniqueConstraint(
                fields=["meeting", "number"], name="agenda_item_number_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="agenda_item_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} § {self.title}"

    @property
    def is_public(self) -> bool:
        """Whether anyone may read it."""
        return self.publicity == Publicity.PUBLIC


class Resolution(RegionalModel):
    """The text of what the meeting resolved on an item."""

    if TYPE_CHECKING:
        text_fi: str
        text_sv: str
        text_en: str

    item = models.OneToOneField(
        AgendaItem, on_delete=models.CASCADE, related_name="resolution", verbose_name=_("agenda item")
    )
    text = RichTextField(_("decision"))

    class Meta(RegionalModel.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return str(self.item)


class AssignmentQuerySet(PartQuerySet["Assignment"]):
    """Follow-up tasks by how they stand."""

    to_meeting = "item__meeting"

    def open(self) -> Self:
        """Not done yet, the one due first on top."""
        return self.filter(done_at=None).order_by(models.F("due").asc(nulls_last=True), "id")


class Assignment(RegionalModel):
    """Somebody promised something at an item of a meeting."""

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("agenda item")
    )
    what = models.CharField(_("what is to be done"), max_length=300)
    contact = models.ForeignKey(
        "organisations.Contact",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("person"),
    )
    who = models.CharField(
        _("who does it"), max_length=200, blank=True, help_text=_("If it is nobody from the list, such as “the host”.")
    )
    due = models.DateField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    closed_because = models.CharField(
        _("closed without being done, because"), max_length=300, blank=True, editable=False
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("noted as done by"),
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("follow-up task")
        verbose_name_plural = _("follow-up tasks")
        ordering = ["item__number", "created_at", "id"]
        indexes = [models.Index(fields=["contact", "due"], name="assignment_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return self.what

    @property
    def is_done(self) -> bool:
        """Whether somebody has noted it as done."""
        return self.done_at is not None

    @property
    def is_late(self) -> bool:
        """Whether its Finnish date has passed and it is not done."""
        return self.done_at is None and self.due is not None and self.due < clock.today()

    @property
    def assignee(self) -> str:
        """Who does it, by name."""
        return str(self.contact) if self.contact is not None else self.who
