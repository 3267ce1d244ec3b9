"""The administration of a site's sign-in services."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdys.accounts import actions
from yhdys.accounts.models import IdentityProvider
from yhdys.web.forms import Form
from yhdys.web.workspace.base import FormPage, ListPage, RecordFormPage, RecordMixin, WorkspaceView
from yhdys.web.workspace.services.forms import NewServiceForm, ServiceForm


class ServicesMixin(WorkspaceView):
    """A view for administrators."""

    permission = "accounts.manage_sign_in"


class ServiceMixin(RecordMixin):
    """A view about one service."""

    model = IdentityProvider
    permission = "accounts.manage_sign_in"

    def callback(self) -> str:
        """Where the service sends people back to; it must know this address letter by letter."""
        address = reverse("openid_connect_callback", kwargs={"provider_id": self.record.slug})
        return self.request.build_absolute_uri(address)


class ServiceListPage(ServicesMixin, ListPage):
    """GET …/sign-in-services/."""

    template_name = "workspace/services/list.html"

    def queryset(self) -> QuerySet[IdentityProvider]:
        return IdentityProvider.objects.visible_to(self.request.user)


class ServiceAddPage(ServicesMixin, FormPage):
    """GET, POST …/sign-in-services/new/."""

    template_name = "workspace/services/add.html"
    form_class = NewServiceForm
    success_message = _("The service was added. Give its administrator the address of return below.")

    def perform(self, form: NewServiceForm) -> str:
        added = actions.add_provider(**form.cleaned_data, by=self.request.user)
        return reverse("workspace:service", kwargs={"pk": added.pk})


class ServicePage(ServiceMixin, RecordFormPage):
    """GET, POST …/sign-in-services/<pk>/."""

    template_name = "workspace/services/service.html"
    form_class = ServiceForm
    success_message = _("The service was saved.")

    def form_kwargs(self) -> dict[str, Any]:
        one = self.record
        domains = "\n".join(one.trusted_domains)
        initial = {"name": one.name, "client_id": one.client_id, "is_active": one.is_active}
        return {"initial": initial | {"trusted_domains": domains}}

    def context(self) -> dict[str, Any]:
        return super().context() | {"callback": self.callback()}

    def perform(self, form: ServiceForm) -> str:
        actions.change_provider(self.record, **form.cleaned_data, by=self.request.user)
        return reverse("workspace:service", kwargs={"pk": self.record.pk})


class ServiceRemovalPage(ServiceMixin, RecordFormPage):
    """GET asks, POST …/sign-in-services/<pk>/removal/ takes it away."""

    template_name = "workspace/services/remove.html"
    form_class = Form
    success_message = _("The service was removed.")

    def perform(self, form: Form) -> str:
        actions.remove_provider(self.record, by=self.request.user)
        return reverse("workspace:services")
