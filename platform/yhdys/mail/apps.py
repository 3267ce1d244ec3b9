from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "yhdys.mail"
    label = "mail"
