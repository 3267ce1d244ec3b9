from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "yhdys.councils"
    label = "councils"

    def ready(self) -> None:
        """Declare rights and what waits for whom."""
        from yhdys.councils import figures, open_mandates, rules, todo  # noqa: F401, PLC0415 - models are there only now
