from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yhdys.site"
    label = "site"

    def ready(self) -> None:
        """Listen for new regions."""
        from yhdys.site import receivers  # noqa: F401, PLC0415 - models are ready only now
