from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "yhdys.regions"
    label = "regions"
