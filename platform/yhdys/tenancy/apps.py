from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "yhdys.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        """Let both commands that know migrations see triggers: the tenancy library has a migrate of its own."""
        from django.core.management.commands import makemigrations  # noqa: PLC0415 - once it is patched
        from django_tenants.management.commands.migrate_schemas import MigrateSchemasCommand  # noqa: PLC0415 - as above

        MigrateSchemasCommand.autodetector = makemigrations.Command.autodetector
