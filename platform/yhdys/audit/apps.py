from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "yhdys.audit"
    label = "audit"

    def ready(self) -> None:
        """Read what each app calls its verbs (its ``history.py``), and let every table keep its past.

        By now all models are there, and translated ones have all their columns.
        """
        from yhdys.audit.tracking import track_all  # noqa: PLC0415 - it needs the models

        autodiscover_modules("history")
        track_all()
