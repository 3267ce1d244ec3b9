from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "yhdys.news"
    label = "news"

    def ready(self) -> None:
        """Declare the permissions, the effects and what the nation is told."""
        from yhdys.news import figures, rules, tasks  # noqa: F401, PLC0415 - models are ready only now
