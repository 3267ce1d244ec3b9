"""What the region says of itself."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from yhdys.site.actions import change_settings
from yhdys.site.models import RegionSettings
from yhdys.site.queries import region_settings
from yhdys.web.versioned import VersionedFormPage
from yhdys.web.workspace.site.forms import SettingsForm
from yhdys.web.workspace.trail import trail_of


class SettingsPage(VersionedFormPage):
    """GET, POST …/settings/: names, host, languages, colour, sender, contacts, personal data."""

    model = RegionSettings
    permission = "site.change_settings"
    template_name = "workspace/site/settings.html"
    form_class = SettingsForm
    success_message = gettext_lazy("Saved. The site shows it at once.")

    @cached_property
    def record(self) -> RegionSettings:
        return region_settings()

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "parts": self.form.parts(),
            "trail": trail_of(self.record, self.request.user, values=True),
        }

    def perform(self, form: SettingsForm) -> str:
        change_settings(form.instance, by=self.request.user)
        return reverse("workspace:settings")
