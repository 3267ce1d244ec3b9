from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "yhdys.audit"
    label = "audit"
