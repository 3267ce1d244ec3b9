"""An organisation or association of the region."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access, clock
from yhdys.core.text import sort_key
from yhdys.keywords.models import Sector
from yhdys.organisations.enums import Reach
from yhdys.organisations.validators import validate_business_id, validate_register_number
from yhdys.places.models import Municipality
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class OrganisationQuerySet(RegionalQuerySet["Organisation"]):
    """Organisations as their lists need them."""

    def visible_to(self, user: Any) -> Self:
        """All of them, for whoever may read the directory in the workspace; else none."""
        return self if access.allowed(user, "organisations.view_organisations", require_scope()) else self.none()

    def active(self) -> Self:
        """Those that work today."""
        today = clock.today()
        return self.filter(
            Q(active_from=None) | Q(active_from__lte=today), Q(active_until=None) | Q(active_until__gte=today)
        )

    def home_municipalities(self) -> models.QuerySet[Municipality]:
        """The municipalities in which some of them work."""
        return Municipality.objects.filter(pk__in=self.exclude(municipality=None).values("municipality"))

    def by_name(self) -> Self:
        """In the Finnish alphabet."""
        return self.order_by("sort_key", "id")

    def listed(self) -> Self:
        """In the Finnish alphabet, with what a list shows."""
        return self.select_related("municipality").prefetch_related("sectors").by_name()

    def search(self, words: str) -> Self:
        """Those whose name in any language, short name or number holds every word."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name_fi__icontains=word)
                | Q(name_sv__icontains=word)
                | Q(name_en__icontains=word)
                | Q(short_name__icontains=word)
                | Q(business_id__startswith=word)
                | Q(register_number__startswith=word)
            )
        return found


class Organisation(RegionalModel):  # type: ignore[django-manager-missing]  # translated at run time
    """What a region knows of an organisation. Its contact details are the organisation's own, hence public."""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(_("name in addresses"), max_length=80, unique=True)
    business_id = models.CharField(_("business ID"), max_length=9, blank=True, validators=[validate_business_id])
    register_number = models.CharField(
        _("number in the Register of Associations"), max_length=15, blank=True, validators=[validate_register_number]
    )
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), related_name="+", blank=True)
    reach = models.CharField(_("reach"), max_length=12, choices=Reach, default=Reach.REGIONAL)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("home municipality"),
    )
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("public e-mail address"), blank=True)
    phone = models.CharField(_("public telephone number"), max_length=40, blank=True)
    description = models.TextField(_("description"), blank=True)
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_until = models.DateField(_("active until"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")

    if TYPE_CHECKING:  # The translations add it.
        name_fi: str

    objects = OrganisationQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"], condition=~Q(business_id=""), name="organisation_business_id_once"
            ),
            models.CheckConstraint(
                condition=Q(active_from=None) | Q(active_until=None) | Q(active_until__gte=models.F("active_from")),
                name="organisation_dates",
            ),
            models.CheckConstraint(
                condition=~Q(reach=Reach.LOCAL) | Q(municipality__isnull=False),
                name="organisation_local_has_municipality",
            ),
        ]
        indexes = [models.Index(fields=["sort_key", "id"], name="organisation_alphabet")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        """Keep the key of the Finnish alphabet beside the name."""
        self.sort_key = sort_key(self.name_fi or self.name)[:200]
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(**kwargs)

    @property
    def is_active(self) -> bool:
        """Whether it works today."""
        today = clock.today()
        return (self.active_from is None or self.active_from <= today) and (
            self.active_until is None or today <= self.active_until
        )
