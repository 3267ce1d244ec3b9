from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "yhdys.privacy"
    label = "privacy"
