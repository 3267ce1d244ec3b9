from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yhdys.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare the permissions."""
        from yhdys.accounts import rules  # noqa: F401, PLC0415 - models are ready only now
