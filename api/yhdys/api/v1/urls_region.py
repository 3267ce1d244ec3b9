"""The API of a region's site."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from yhdys.api.errors import not_found
from yhdys.api.reading import Pace
from yhdys.api.v1.councils import BodiesView
from yhdys.api.v1.meetings import MeetingsView
from yhdys.api.v1.news import NewsView

app_name = "api"
urlpatterns = [
    path("bodies/", BodiesView.as_view(), name="bodies"),
    path("meetings/", MeetingsView.as_view(), name="meetings"),
    path("news/", NewsView.as_view(), name="news"),
    path(
        "schema/",
        SpectacularAPIView.as_view(urlconf="yhdys.config.urls_region", throttle_classes=[Pace]),
        name="schema",
    ),
    re_path("(?P<path>.*)", not_found),
]
