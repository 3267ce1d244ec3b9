from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yhdys.accounts"
    label = "accounts"
