from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "yhdys.news"
    label = "news"
