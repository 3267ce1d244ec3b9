from django.apps import AppConfig
from django.db.models import fields
from django.utils.translation import pgettext_lazy


class WebConfig(AppConfig):
    name = "yhdys.web"
    label = "web"

    def ready(self) -> None:
        """Say in our own words that nothing has been chosen; Django lets an app do so here."""
        fields.BLANK_CHOICE_LABEL = pgettext_lazy("choice", "Not chosen")
