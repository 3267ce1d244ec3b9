from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "yhdys.core"
    label = "core"
