"""The directory of organisations and people, for those who keep it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yhdys.councils.models import Membership
from yhdys.organisations import actions
from yhdys.organisations.enums import ConsentField, ConsentSource
from yhdys.organisations.models import Contact, Organisation
from yhdys.tenancy.context import require_scope
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.base import FormPage, ListPage, RecordActionView, RecordFormPage, RecordPage
from yhdys.web.workspace.organisations.forms import (
    ConsentForm,
    ContactFilter,
    ContactForm,
    OrganisationFilter,
    OrganisationForm,
    UserLinkForm,
)
from yhdys.web.workspace.restoring import RestorePage
from yhdys.web.workspace.titled import Titled
from yhdys.web.workspace.trail import trail_of


def organisation_address(organisation: Organisation) -> str:
    """The organisation's page."""
    return reverse("workspace:organisation", kwargs={"pk": organisation.pk})


def contact_address(contact: Contact) -> str:
    """The person's page."""
    return reverse("workspace:contact", kwargs={"pk": contact.pk})


class OrganisationListPage(ListPage):
    """GET …/organisations/."""

    permission = "organisations.view_organisations"
    template_name = "workspace/organisations/list.html"
    filter_form_class = OrganisationFilter
    orders = {
        "name": ("sort_key", "id"),
        "-name": ("-sort_key", "-id"),
        "municipality": ("municipality__sort_key", "sort_key", "id"),
        "-municipality": ("-municipality__sort_key", "sort_key", "id"),
    }

    def queryset(self) -> QuerySet[Organisation]:
        order = self.orders.get(self.request.GET.get("sort", ""), self.orders["name"])
        rows: QuerySet[Organisation] = Organisation.objects.visible_to(self.request.user).listed().order_by(*order)
        return rows

    def filtered(self, rows: QuerySet[Any], wishes: dict[str, Any]) -> QuerySet[Any]:
        if wishes["sector"] is not None:
            rows = rows.filter(sectors=wishes["sector"])
        if wishes["municipality"] is not None:
            rows = rows.filter(municipality=wishes["municipality"])
        active = Organisation.objects.active().values("pk")
        if wishes["show"] == "":
            rows = rows.filter(pk__in=active)
        elif wishes["show"] == "ended":
            rows = rows.exclude(pk__in=active)
        found: QuerySet[Any] = rows.search(wishes["q"])  # type: ignore[attr-defined]  # our own queryset
        return found


class OrganisationPage(RecordPage):
    """GET …/organisations/<pk>/: what is known of it, its people, where they sit, its history."""

    permission = "organisations.view_organisation"
    model = Organisation
    template_name = "workspace/organisations/detail.html"

    def queryset(self) -> QuerySet[Organisation]:
        return super().queryset().select_related("municipality").prefetch_related("sectors")

    def context(self) -> dict[str, Any]:
        people = Contact.objects.visible_to(self.request.user).filter(organisation=self.record)
        seats = Membership.objects.visible_to(self.request.user).filter(organisation=self.record).in_force()
        may_change = self.allowed("organisations.change_organisation", self.record)
        return super().context() | {
            "people": people.with_consents().listed(),
            "memberships": seats.listed(),
            "trail": trail_of(self.record, self.request.user, values=may_change),
            "may_change": may_change,
            "may_add_people": self.allowed("organisations.add_contact", self.record),
        }


class OrganisationAddPage(Titled, FormPage):
    """GET, POST …/organisations/new/."""

    permission = "organisations.add_organisation"
    form_class = OrganisationForm
    title = gettext_lazy("Add an organisation")
    success_message = gettext_lazy("The organisation has been added.")

    @property
    def back(self) -> str:
        return reverse("workspace:organisations")

    def perform(self, form: OrganisationForm) -> str:
        organisation = actions.add_organisation(
            form.instance, sectors=form.cleaned_data["sectors"], by=self.request.user
        )
        return organisation_address(organisation)


class OrganisationEditPage(Titled, VersionedFormPage):
    """GET, POST …/organisations/<pk>/edit/."""

    permission = "organisations.change_organisation"
    model = Organisation
    form_class = OrganisationForm
    title = gettext_lazy("Change the organisation’s details")
    success_message = gettext_lazy("The changes have been saved.")

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return organisation_address(self.record)

    def perform(self, form: OrganisationForm) -> str:
        actions.change_organisation(form.instance, sectors=form.cleaned_data["sectors"], by=self.request.user)
        return self.back


class OrganisationRestorePage(RestorePage):
    """GET, POST …/organisations/<pk>/history/<version>/."""

    permission = "organisations.change_organisation"
    model = Organisation

    @property
    def back(self) -> str:
        return organisation_address(self.record)


class ContactListPage(ListPage):
    """GET …/people/: those the user may see."""

    permission = "organisations.view_organisations"
    template_name = "workspace/organisations/people.html"
    filter_form_class = ContactFilter

    def queryset(self) -> QuerySet[Contact]:
        rows: QuerySet[Contact] = Contact.objects.visible_to(self.request.user).listed()
        return rows

    def filtered(self, rows: QuerySet[Any], wishes: dict[str, Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.search(wishes["q"])  # type: ignore[attr-defined]  # our own queryset
        return found


class ContactPage(RecordPage):
    """GET …/people/<pk>/: the card, what of it is public, where the person sits, its history."""

    permission = "organisations.view_contact"
    model = Contact
    template_name = "workspace/organisations/person.html"

    def queryset(self) -> QuerySet[Contact]:
        return super().queryset().select_related("organisation", "user")

    def context(self) -> dict[str, Any]:
        may_change = self.allowed("organisations.change_contact", self.record)
        history = list(self.record.consents.history())
        consents = [
            {
                "field": field,
                "value": str(getattr(self.record, field.value) or ""),
                "is_photo": field == ConsentField.PHOTO,
                "in_force": next((one for one in history if one.field == field and one.withdrawn_on is None), None),
                "history": [one for one in history if one.field == field],
                "url": reverse("workspace:consent", kwargs={"pk": self.record.pk, "field": field.value}),
            }
            for field in ConsentField
        ]
        return super().context() | {
            "consents": consents,
            "memberships": self.record.memberships.with_people().order_by("-start", "-id"),
            "trail": trail_of(self.record, self.request.user, values=may_change),
            "may_change": may_change,
            "may_link": self.allowed("accounts.manage_users", require_scope()),
            "may_consent": self.allowed("organisations.change_consent", self.record),
            "may_invite": self.record.user is None and self.allowed("organisations.invite_contact", self.record),
        }


class ContactInviteView(RecordActionView):
    """POST …/people/<pk>/invitation/: an account of the person's own, and a letter with a link to begin with."""

    permission = "organisations.invite_contact"
    model = Contact
    success_message = gettext_lazy("The invitation is on its way.")

    def perform(self) -> str:
        return contact_address(actions.invite_contact(self.record, by=self.request.user))

    def refused_url(self) -> str:
        return contact_address(self.record)


class ContactAddPage(Titled, FormPage):
    """GET, POST …/people/new/, ``?organisation=`` tells for whom: only for one's own without the right to all."""

    permission = "organisations.view_organisations"
    form_class = ContactForm
    title = gettext_lazy("Add a person")
    success_message = gettext_lazy("The person has been added.")

    @cached_property
    def organisation(self) -> Organisation | None:
        """The organisation in the address. Raises Http404 for one that is not here."""
        key = self.request.GET.get("organisation", "")
        if not key:
            return None
        try:
            found: Organisation = get_object_or_404(Organisation.objects.visible_to(self.request.user), pk=key)
        except ValidationError as error:
            raise Http404 from error
        return found

    def permission_object(self) -> Any:
        obj = self.organisation or super().permission_object()
        self.require("organisations.add_contact", obj)
        return super().permission_object()

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"organisation": self.organisation}}

    @property
    def back(self) -> str:
        return organisation_address(self.organisation) if self.organisation else reverse("workspace:people")

    def perform(self, form: ContactForm) -> str:
        self.require("organisations.add_contact", form.instance.organisation or super().permission_object())
        return contact_address(actions.add_contact(form.instance, by=self.request.user))


class ContactEditPage(Titled, VersionedFormPage):
    """GET, POST …/people/<pk>/edit/."""

    permission = "organisations.change_contact"
    model = Contact
    form_class = ContactForm
    title = gettext_lazy("Change the person’s details")
    help = gettext_lazy(
        "When an address, a number or the photograph changes, the consent to publish it must be asked anew."
    )
    success_message = gettext_lazy("The changes have been saved.")

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return contact_address(self.record)

    def perform(self, form: ContactForm) -> str:
        if "organisation" in form.changed_data and form.instance.organisation is not None:
            self.require("organisations.add_contact", form.instance.organisation)
        actions.change_contact(form.instance, by=self.request.user)
        return self.back


class ContactRestorePage(RestorePage):
    """GET, POST …/people/<pk>/history/<version>/."""

    permission = "organisations.change_contact"
    model = Contact

    @property
    def back(self) -> str:
        return contact_address(self.record)


class ConsentPage(Titled, RecordFormPage):
    """GET, POST …/people/<pk>/consents/<field>/: give a consent, or withdraw the one in force."""

    permission = "organisations.change_consent"
    model = Contact
    form_class = ConsentForm

    @cached_property
    def field(self) -> ConsentField:
        """What the consent is about. Raises Http404 for anything else."""
        try:
            return ConsentField(self.kwargs["field"])
        except ValueError as error:
            raise Http404 from error

    @cached_property
    def is_given(self) -> bool:
        """Whether there is a consent to withdraw."""
        return bool(self.record.consents.filter(field=self.field, withdrawn_on=None).exists())

    @property
    def title(self) -> str:  # type: ignore[override]  # by the record
        what = str(self.field.label).lower()
        if self.is_given:
            return _("Withdraw the consent: {what}").format(what=what)
        return _("Note a consent: {what}").format(what=what)

    @property
    def help(self) -> str:  # type: ignore[override]  # by the record
        if self.is_given:
            return _("It leaves the public pages at once. Minutes and lists of members stay as they are.")
        return _("The public pages show it while the person is in office and until the consent is withdrawn.")

    @property
    def submit(self) -> str:  # type: ignore[override]  # by the record
        return _("Withdraw the consent") if self.is_given else _("Note the consent")

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return contact_address(self.record)

    def perform(self, form: ConsentForm) -> str:
        act = actions.withdraw_consent if self.is_given else actions.give_consent
        act(
            self.record,
            self.field,
            source=ConsentSource(form.cleaned_data["source"]),
            on=form.cleaned_data["on"],
            by=self.request.user,
        )
        return self.back


class UserLinkPage(Titled, RecordFormPage):
    """GET, POST …/people/<pk>/user/: which user account the person has."""

    permission = "organisations.view_contact"
    model = Contact
    form_class = UserLinkForm
    title = gettext_lazy("Link to a user account")
    success_message = gettext_lazy("The changes have been saved.")

    def permission_object(self) -> Any:
        self.require("accounts.manage_users", require_scope())
        return self.record

    @property
    def caption(self) -> str:
        return str(self.record)

    @property
    def back(self) -> str:
        return contact_address(self.record)

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"user": self.record.user_id}}

    def perform(self, form: UserLinkForm) -> str:
        actions.link_user(self.record, form.cleaned_data["user"], by=self.request.user)
        return self.back
