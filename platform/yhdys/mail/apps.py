from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "yhdys.mail"
    label = "mail"

    def ready(self) -> None:
        """Register the effect that delivers letters."""
        from yhdys.mail import tasks  # noqa: F401, PLC0415 - models are ready only now
