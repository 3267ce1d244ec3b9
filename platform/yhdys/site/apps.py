from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yhdys.site"
    label = "site"
