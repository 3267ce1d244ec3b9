"""The tenants: public knowledge only. What a region says of itself lives in its own schema (``yhdys.site``)."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tenants.models import DomainMixin, TenantMixin

from yhdys.core import clock
from yhdys.regions.names import refuse_reserved
from yhdys.tenancy.context import LibraryTenancyRefused


class Region(TenantMixin):
    """A Finnish region with an advisory council: name, codes, schema and state."""

    class State(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("region", "In use")
        SUSPENDED = "suspended", pgettext_lazy("region", "Suspended")

    auto_create_schema = False
    auto_drop_schema = False

    slug = models.CharField(
        _("name in addresses"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*[a-z0-9]$"), refuse_reserved],
    )
    code = models.CharField(_("region code"), max_length=2, unique=True)
    nuts3 = models.CharField(_("NUTS 3 code"), max_length=5, blank=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=60)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    joined_at = models.DateTimeField(_("joined at"), default=clock.now)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def activate(self) -> None:
        """Refuse the library's switch, whose state threads share."""
        raise LibraryTenancyRefused("Use yhdys.tenancy.context.in_region.")

    __enter__ = deactivate = activate

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        language = (translation.get_language() or "fi")[:2]
        return {"sv": self.name_sv, "en": self.name_en}.get(language, self.name_fi)

    @property
    def is_active(self) -> bool:
        """Whether its doors are open."""
        return self.state == self.State.ACTIVE


class Domain(DomainMixin):
    """A host name of a region. The primary one stands in its letters."""

    class Meta:
        verbose_name = _("host name")
        verbose_name_plural = _("host names")


class SchemaTemplate(models.Model):
    """The captured structure of a region's schema; the newest row is replayed for a new region."""

    fingerprint = models.CharField(max_length=64, unique=True)
    ddl = models.TextField()
    captured_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("structure of a region's schema")
        verbose_name_plural = _("structures of regions' schemas")

    def __str__(self) -> str:
        return self.fingerprint[:12]
