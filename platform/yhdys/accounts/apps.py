from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yhdys.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare the permissions and listen to the sign-in library."""
        from yhdys.accounts import receivers, rules  # noqa: F401, PLC0415 - models are ready only now
