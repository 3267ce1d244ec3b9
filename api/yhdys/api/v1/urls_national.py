"""The API of the national site."""

from django.urls import path, re_path

from yhdys.api.errors import not_found
from yhdys.api.v1 import overview
from yhdys.api.v1.description import DescriptionView, docs

app_name = "api"
urlpatterns = [
    path("regions/", overview.RegionsView.as_view(), name="regions"),
    path("regions/<slug:slug>/", overview.RegionView.as_view(), name="region"),
    path("regions/<slug:slug>/figures/", overview.RegionFiguresView.as_view(), name="region-figures"),
    path("regions/<slug:slug>/figures/history/", overview.RegionHistoryView.as_view(), name="region-history"),
    path("docs/", docs, {"urlconf": "yhdys.config.urls_national"}, name="docs"),
    path("schema/", DescriptionView.as_view(urlconf="yhdys.config.urls_national"), name="schema"),
    re_path("(?P<path>.*)", not_found),
]
