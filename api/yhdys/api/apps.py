from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "yhdys.api"
    label = "api"
