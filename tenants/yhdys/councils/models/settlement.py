"""What became of the work that was open when a term ended."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yhdys.core import access
from yhdys.councils.enums import Settled
from yhdys.councils.models.term import Term
from yhdys.tenancy.context import require_scope
from yhdys.tenancy.models import RegionalModel, RegionalQuerySet


class SettlementQuerySet(RegionalQuerySet["Settlement"]):
    """What was settled when terms ended."""

    def visible_to(self, user: Any) -> Self:
        """As bodies are."""
        return self if access.allowed(user, "councils.view_bodies", require_scope()) else self.none()

    def closed(self, source: str) -> Self:
        """What of one source was closed for good."""
        return self.filter(source=source, how=Settled.CLOSED)

    def listed(self) -> Self:
        """By kind, in the order in which they were settled."""
        return self.select_related("to_term").order_by("source", "created_at", "id")


class Settlement(RegionalModel):
    """One open matter that was carried over to the next term, or closed with a reason, when its term ended.

    ``about`` is the key of a record of the module that ``source`` names; the matter's words of that day are kept here.
    """

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="settlements", verbose_name=_("term"))
    source = models.CharField(_("kind"), max_length=60)
    about = models.UUIDField(_("what it is about"))
    what = models.CharField(_("what was open"), max_length=300)
    how = models.CharField(_("how it was settled"), max_length=8, choices=Settled)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    to_term = models.ForeignKey(
        Term, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("carried over to")
    )

    objects = SettlementQuerySet.as_manager()

    class Meta(RegionalModel.Meta):
        verbose_name = _("settled matter")
        verbose_name_plural = _("settled matters")
        constraints = [
            models.UniqueConstraint(fields=["term", "source", "about"], name="settlement_once_a_term"),
            models.CheckConstraint(condition=~Q(how=Settled.CLOSED, reason=""), name="settlement_closed_has_reason"),
        ]
        indexes = [models.Index(fields=["source", "about"], name="settlement_about")]

    def __str__(self) -> str:
        return self.what
