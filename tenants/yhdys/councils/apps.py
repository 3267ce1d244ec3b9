from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "yhdys.councils"
    label = "councils"
