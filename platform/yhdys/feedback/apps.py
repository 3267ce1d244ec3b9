from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "yhdys.feedback"
    label = "feedback"

    def ready(self) -> None:
        """Declare the permissions and what waits for whom."""
        from yhdys.feedback import rules, todo  # noqa: F401, PLC0415 - models are ready only now
