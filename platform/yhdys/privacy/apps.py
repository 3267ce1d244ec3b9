from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "yhdys.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Read what each app keeps of people: its ``personal_data.py``."""
        autodiscover_modules("personal_data")
