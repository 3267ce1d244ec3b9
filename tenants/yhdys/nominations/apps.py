from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "yhdys.nominations"
    label = "nominations"

    def ready(self) -> None:
        """Register rights, letters and things to do."""
        from yhdys.nominations import rules, tasks, todo  # noqa: F401, PLC0415 - models are ready only now
