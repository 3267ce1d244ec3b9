from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "yhdys.core"
    label = "core"

    def ready(self) -> None:
        """Take our part in the libraries that are loaded."""
        from yhdys.core.translated import make_classes_once  # noqa: PLC0415 - the library needs the settings

        make_classes_once()
