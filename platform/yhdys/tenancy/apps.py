from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "yhdys.tenancy"
    label = "tenancy"
