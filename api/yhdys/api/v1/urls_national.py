"""The API of the national site."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from yhdys.api.errors import not_found
from yhdys.api.reading import Pace
from yhdys.api.v1.overview import RegionFiguresView, RegionsView

app_name = "api"
urlpatterns = [
    path("regions/", RegionsView.as_view(), name="regions"),
    path("regions/<slug:slug>/figures/", RegionFiguresView.as_view(), name="region-figures"),
    path(
        "schema/",
        SpectacularAPIView.as_view(urlconf="yhdys.config.urls_national", throttle_classes=[Pace]),
        name="schema",
    ),
    re_path("(?P<path>.*)", not_found),
]
