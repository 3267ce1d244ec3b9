"""Pages of bodies: the list, members, what a body is, its terms, its history."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.councils import actions
from yhdys.councils.enums import MandateKind, TermState
from yhdys.councils.models import Authority, Body, ExternalProgramme, Mandate, Term
from yhdys.councils.queries import host_of, roster
from yhdys.web.public.council.shown import columns
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.base import FormPage, ListPage, Page, RecordActionView, RecordPage
from yhdys.web.workspace.councils.forms import BodyForm
from yhdys.web.workspace.councils.steps import missing_of, steps_of
from yhdys.web.workspace.restoring import RestorePage
from yhdys.web.workspace.titled import Titled
from yhdys.web.workspace.trail import trail_of


def body_address(body: Body) -> str:
    """The body's page."""
    return reverse("workspace:body", kwargs={"pk": body.pk})


class BodyListPage(ListPage):
    """GET …/councils/."""

    permission = "councils.view_bodies"
    template_name = "workspace/councils/list.html"

    def queryset(self) -> QuerySet[Body]:
        rows: QuerySet[Body] = Body.objects.visible_to(self.request.user).listed()
        return rows


class OfBody(RecordPage):
    """A page of one body, with the tabs that lead to the others."""

    permission = "councils.view_body"
    model = Body
    tab = ""

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("parent")

    def context(self) -> dict[str, Any]:
        names = [
            ("body", _("Members")),
            ("body-about", _("Tasks and story")),
            ("body-terms", _("Terms")),
            ("body-ties", _("Meetings and ties")),
            ("body-history", _("History")),
        ]
        tabs = [
            {
                "label": label,
                "url": reverse(f"workspace:{name}", kwargs={"pk": self.record.pk}),
                "is_current": name == self.tab,
            }
            for name, label in names
        ]
        return super().context() | {
            "tabs": tabs,
            "may_change": self.allowed("councils.change_body", self.record),
            "may_change_channels": self.allowed("councils.change_channels", self.record),
            "may_change_term": self.allowed("councils.change_term", self.record),
            "may_change_members": self.allowed("councils.change_members", self.record),
        }


class BodyPage(OfBody):
    """GET …/councils/<pk>/: the term's steps, officers, members by sector, vacant seats."""

    template_name = "workspace/councils/body.html"
    tab = "body"

    def context(self) -> dict[str, Any]:
        shown = roster(self.record)
        coming = Term.objects.of_body(self.record).listed().filter(state=TermState.PLANNED).first()
        term = shown.term or coming
        return super().context() | {
            "roster": shown,
            "columns": columns(shown),
            "term": term,
            "steps": steps_of(term) if term is not None else None,
            "missing": missing_of(term) if term is not None else None,
            "unreachable": [one for one in shown.memberships if not one.contact.mail_address],
            "host": host_of(self.record),
        }


class BodyAboutPage(OfBody):
    """GET …/councils/<pk>/about/: mandates in order, story, decisions, channels, matters, hosts."""

    template_name = "workspace/councils/about.html"
    tab = "body-about"

    def context(self) -> dict[str, Any]:
        mandates = list(self.record.mandates.listed())
        return super().context() | {
            "mandates": [
                (kind.label, [one for one in mandates if one.kind == kind])
                for kind in MandateKind
                if any(one.kind == kind for one in mandates)
            ],
            "events": self.record.events.listed(),
            "decisions": self.record.external_decisions.listed(),
            "channels": self.record.channels.listed(),
            "matters": self.record.followed_matters.listed(),
            "hosts": self.record.host_periods.listed(),
        }


class BodyTermsPage(OfBody):
    """GET …/councils/<pk>/terms/: all terms, the newest first."""

    template_name = "workspace/councils/terms.html"
    tab = "body-terms"

    def context(self) -> dict[str, Any]:
        return super().context() | {"terms": self.record.terms.listed()}


class BodyHistoryPage(OfBody):
    """GET …/councils/<pk>/history/: who did what."""

    template_name = "workspace/councils/history.html"
    tab = "body-history"

    def context(self) -> dict[str, Any]:
        may_change = self.allowed("councils.change_body", self.record)
        return super().context() | {"trail": trail_of(self.record, self.request.user, values=may_change)}


class BodyAddPage(Titled, FormPage):
    """GET, POST …/councils/new/."""

    permission = "councils.add_body"
    form_class = BodyForm
    title = _("Add a body")
    success_message = _("The body has been added.")

    @property
    def back(self) -> str:
        return reverse("workspace:councils")

    def perform(self, form: BodyForm) -> str:
        body = actions.create_body(
            form.instance, municipalities=form.cleaned_data["municipalities"], by=self.request.user
        )
        return body_address(body)


class BodyEditPage(Titled, VersionedFormPage):
    """GET, POST …/councils/<pk>/edit/."""

    permission = "councils.change_body"
    model = Body
    form_class = BodyForm
    title = _("Change what is told of the body")
    success_message = _("The changes have been saved.")

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return body_address(self.record)

    def perform(self, form: BodyForm) -> str:
        actions.change_body(form.instance, municipalities=form.cleaned_data["municipalities"], by=self.request.user)
        return self.back


class BodyRestorePage(RestorePage):
    """GET, POST …/councils/<pk>/history/<version>/."""

    permission = "councils.change_body"
    model = Body

    @property
    def back(self) -> str:
        return reverse("workspace:body-history", kwargs={"pk": self.record.pk})


class MandateMoveView(RecordActionView):
    """POST …/councils/mandate/<pk>/place/ with ``steps``: one place up (-1) or down (1)."""

    permission = "councils.change_body"
    model = Mandate

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("body")

    def perform(self) -> str:
        actions.move_mandate(
            self.record, steps=-1 if self.request.POST.get("steps") == "-1" else 1, by=self.request.user
        )
        return self.refused_url()

    def refused_url(self) -> str:
        address = reverse("workspace:body-about", kwargs={"pk": self.record.body_id})
        return f"{address}#mandate-{self.record.pk}"


class AuthorityListPage(Page):
    """GET …/authorities/: authorities, and the laws and programmes that are cited."""

    permission = "councils.view_bodies"
    template_name = "workspace/councils/authorities.html"

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return super().context() | {
            "authorities": Authority.objects.visible_to(user).listed(),
            "programmes": ExternalProgramme.objects.visible_to(user).listed(),
            "may_change": self.allowed("councils.change_authorities", self.permission_object()),
        }
