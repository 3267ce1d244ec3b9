"""Papers: the files that go with a meeting or with one of its items."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.enums import MeetingState, Publicity
from yhdys.meetings.models.agenda import AgendaItem
from yhdys.meetings.models.meeting import Meeting, PartQuerySet
from yhdys.meetings.names import paper_path
from yhdys.tenancy.models import RegionalModel


class PaperQuerySet(PartQuerySet["Paper"]):
    """Papers by who may read them."""

    def public(self) -> Self:
        """Public papers of the meeting itself and of its public items."""
        return self.filter(publicity=Publicity.PUBLIC).filter(
            models.Q(item=None) | models.Q(item__publicity=Publicity.PUBLIC)
        )

    def published(self) -> Self:
        """What anyone may open: public papers of meetings that are announced and whose agenda is public."""
        announced = self.public().filter(meeting__announcement__isnull=False)
        return announced.exclude(meeting__state=MeetingState.DRAFT).select_related("meeting")


class Paper(RegionalModel):
    """One file ([O] File). Its number within the meeting stands in its address and stays.

    It is served by a view that checks the right to read, never from a folder of its own.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers", verbose_name=_("meeting"))
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=_("agenda item"),
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fi")
    publicity = models.CharField(_("who may read"), max_length=10, choices=Publicity, default=Publicity.PUBLIC)
    file = models.FileField(_("file"), upload_to=paper_path, max_length=200)
    filename = models.CharField(_("file name"), max_length=120, editable=False)
    mimetype = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )

    objects = PaperQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="paper_number_once")]

    @property
    def is_restricted(self) -> bool:
        """Whether it is for the members only, by itself or with its item."""
        return self.publicity != Publicity.PUBLIC or (self.item is not None and not self.item.is_public)

    def __str__(self) -> str:
        return self.title

    @property
    def ending(self) -> str:
        """The file's ending in small letters, such as ``pdf``."""
        return self.filename.rpartition(".")[2]
