from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yhdys.web"
    label = "web"
