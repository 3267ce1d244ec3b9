from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "yhdys.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register rights, letters, things to do, open work and figures."""
        from yhdys.meetings import figures, rules, tasks, todo, unfinished  # noqa: F401, PLC0415 - models are ready only now
