from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "yhdys.overview"
    label = "overview"

    def ready(self) -> None:
        """Register the effect that tells the nation, and what sets it off."""
        from yhdys.overview import receivers, rules, tasks  # noqa: F401, PLC0415 - models are ready only now
