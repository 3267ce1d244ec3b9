"""What a region says of itself: names, host, languages, colour, sender, contacts, and who answers for the data."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdys.tenancy.models import RegionalModel


class RegionSettings(RegionalModel):
    """What a region says of itself. One row; made with the region."""

    singleton = models.BooleanField(default=True, editable=False, unique=True)
    council_name = models.CharField(_("name of the council"), max_length=200)
    introduction = models.TextField(_("introduction on the front page"), blank=True)
    host_organisation = models.CharField(_("host organisation"), max_length=200, blank=True)
    host_website = models.URLField(_("website of the host organisation"), blank=True)
    languages = models.JSONField(_("languages of the interface"), default=list)
    content_languages = models.JSONField(_("languages of contents"), default=list)
    accent = models.CharField(
        _("accent colour"), max_length=7, default="#2a6ebb", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    sender_name = models.CharField(_("sender's name in letters"), max_length=120, blank=True)
    sender_email = models.EmailField(_("sender's address in letters"))
    reply_to = models.EmailField(_("address for replies"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    postal_address = models.TextField(_("postal address"), blank=True)
    controller = models.CharField(
        _("controller of the personal data"), max_length=200, blank=True, help_text=_("The organisation that answers.")
    )
    controller_address = models.TextField(_("postal address of the controller"), blank=True)
    privacy_contact = models.CharField(
        _("whom to ask about personal data"), max_length=200, blank=True, help_text=_("A role before a name.")
    )
    privacy_email = models.EmailField(_("e-mail address for questions about personal data"), blank=True)
    processor = models.CharField(
        _("processor of the personal data"),
        max_length=200,
        blank=True,
        help_text=_("Who runs the service for the controller."),
    )
    processing_agreed_on = models.DateField(
        _("processing agreement accepted on"),
        null=True,
        blank=True,
        help_text=_("The agreement must be accepted before the first personal record."),
    )
    is_demonstration = models.BooleanField(_("demonstration content"), default=False)

    class Meta(RegionalModel.Meta):
        verbose_name = _("settings of the region")
        verbose_name_plural = _("settings of the region")

    def __str__(self) -> str:
        return self.council_name
