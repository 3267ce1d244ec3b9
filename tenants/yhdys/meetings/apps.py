from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "yhdys.meetings"
    label = "meetings"
