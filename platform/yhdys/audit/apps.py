from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "yhdys.audit"
    label = "audit"

    def ready(self) -> None:
        """Read how each app tells its history: its ``history.py``."""
        autodiscover_modules("history")
