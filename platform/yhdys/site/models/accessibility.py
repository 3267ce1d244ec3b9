"""The accessibility statement that the law asks of every site (306/2019, EU 2018/1523)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.site.enums import Assessment, Conformance
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet

REVIEW_EVERY_YEARS = 1


class AccessibilityStatement(RegionalModel):
    """What the region says of its site's accessibility. One row; made with the region."""

    singleton = models.BooleanField(default=True, editable=False, unique=True)
    conformance = models.CharField(
        _("how far the requirements are met"), max_length=10, choices=Conformance, default=Conformance.PARTIAL
    )
    assessment = models.CharField(_("how it was assessed"), max_length=10, choices=Assessment, default=Assessment.SELF)
    drafted_on = models.DateField(_("drafted on"), default=clock.today)
    reviewed_on = models.DateField(_("last reviewed on"), default=clock.today)
    feedback_email = models.EmailField(_("e-mail address for accessibility feedback"), blank=True)
    feedback_unit = models.CharField(_("who answers the feedback"), max_length=200, blank=True)

    class Meta(RegionalModel.Meta):
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")
        constraints = [
            models.CheckConstraint(condition=Q(reviewed_on__gte=F("drafted_on")), name="statement_reviewed_after_draft")
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def review_due(self) -> date:
        """The Finnish date by which it has to be looked through again: a year from the last time."""
        year = self.reviewed_on.year + REVIEW_EVERY_YEARS
        try:
            return self.reviewed_on.replace(year=year)
        except ValueError:  # 29 February
            return date(year, 3, 1)


class AccessibilityIssueQuerySet(RegionalQuerySet["AccessibilityIssue"]):
    """Failing contents in their order."""

    def listed(self) -> "AccessibilityIssueQuerySet":
        """As the region has put them."""
        return self.order_by("position", "id")


class AccessibilityIssue(RegionalModel):
    """One content of the site that fails, why, and how to get the same matter otherwise."""

    position = models.PositiveSmallIntegerField(_("place"), default=0)
    what = models.TextField(_("what is not accessible"), max_length=500)
    reason = models.TextField(_("why"), max_length=500)
    alternative = models.TextField(_("how to get it otherwise"), max_length=500)
    criterion = models.CharField(
        _("criterion of WCAG 2.1"), max_length=100, blank=True, help_text=_("For example 1.2.2 Captions.")
    )

    objects = AccessibilityIssueQuerySet.as_manager()  # type: ignore[django-manager-missing]  # translated at run time

    class Meta(RegionalModel.Meta):
        verbose_name = _("content that is not accessible")
        verbose_name_plural = _("contents that are not accessible")

    def __str__(self) -> str:
        return self.what
