from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "yhdys.regions"
    label = "regions"

    def ready(self) -> None:
        """Tell tenancy who keeps the regions."""
        from yhdys.regions.hosts import hosts  # noqa: PLC0415 - models are ready only now
        from yhdys.regions.queries import is_at_work, schemas_at_work  # noqa: PLC0415 - as above
        from yhdys.tenancy.hosting import regions_are_kept_by  # noqa: PLC0415 - as above

        regions_are_kept_by(hosts.find, schemas_at_work, is_at_work)
