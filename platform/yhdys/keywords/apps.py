from django.apps import AppConfig


class KeywordsConfig(AppConfig):
    name = "yhdys.keywords"
    label = "keywords"
