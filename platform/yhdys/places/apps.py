from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "yhdys.places"
    label = "places"
