from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "yhdys.overview"
    label = "overview"
