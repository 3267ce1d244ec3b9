from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "yhdys.organisations"
    label = "organisations"
