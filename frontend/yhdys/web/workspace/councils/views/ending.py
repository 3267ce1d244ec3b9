"""Ending a term: nothing that is open is forgotten."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yhdys.core import clock
from yhdys.councils import actions
from yhdys.councils.models import Membership, Term
from yhdys.councils.queries import next_term
from yhdys.councils.unfinished import open_work
from yhdys.web.workspace.base import RecordFormPage
from yhdys.web.workspace.councils.ending_form import EndTermForm, Open
from yhdys.web.workspace.councils.views.terms import OfTerm
from yhdys.web.workspace.titled import Titled


class EndTermPage(OfTerm, Titled, RecordFormPage):
    """GET, POST …/terms/<pk>/end/: what is open with a decision about each, who leaves, and one button.

    What has opened since the page was made is shown by the refusal, with everything as it was typed.
    """

    permission = "councils.change_term"
    model = Term
    form_class = EndTermForm
    template_name = "workspace/councils/ending.html"
    title = _("End the term")
    submit = _("End the term")
    success_message = _("The term has ended.")

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body")

    @cached_property
    def open_work(self) -> Open:
        """What is open now, source by source."""
        return open_work(self.record)

    def form_kwargs(self) -> dict[str, Any]:
        initial = {"on": min(self.record.end or clock.today(), clock.today())}
        return {"initial": initial, "open_work": self.open_work}

    def context(self) -> dict[str, Any]:
        memberships = Membership.objects.of_term(self.record).in_force().listed()
        return super().context() | {
            "following": next_term(self.record),
            "leaving": list(memberships),
            "parts": self.form.parts(),
        }

    def perform(self, form: EndTermForm) -> str:
        on = form.cleaned_data["on"]
        actions.end_term(self.record, on=on, decisions=form.decisions(), by=self.request.user)
        return self.back
