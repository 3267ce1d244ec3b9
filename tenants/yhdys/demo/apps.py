from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "yhdys.demo"
    label = "demo"
