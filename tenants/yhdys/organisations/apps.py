from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "yhdys.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Declare rights."""
        from yhdys.organisations import rules  # noqa: F401, PLC0415 - models are there only now
