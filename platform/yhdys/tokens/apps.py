from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "yhdys.tokens"
    label = "tokens"

    def ready(self) -> None:
        """Declare the permissions, and what happens to tokens when an account is closed."""
        from yhdys.tokens import receivers, rules  # noqa: F401, PLC0415 - models are ready only now
