"""Documents that have been written once and are opened often."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.meetings.enums import DocumentKind
from yhdys.meetings.models.agenda import AgendaItem
from yhdys.meetings.models.meeting import Meeting
from yhdys.meetings.names import document_path
from yhdys.tenancy.models import RegionalModel


class KeptDocument(RegionalModel):
    """The PDF file of an agenda, of minutes or of one item, for one audience and in one language.

    ``digest`` is that of the text from which it was made: another text makes another file in its place.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="documents", verbose_name=_("meeting"))
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("agenda item"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    is_public = models.BooleanField(_("as the public reads it"))
    digest = models.CharField(_("digest of the text"), max_length=64)
    file = models.FileField(_("file"), upload_to=document_path, max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))

    class Meta(RegionalModel.Meta):
        verbose_name = _("kept document")
        verbose_name_plural = _("kept documents")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item", "kind", "language", "is_public"],
                name="kept_document_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.meeting}"
