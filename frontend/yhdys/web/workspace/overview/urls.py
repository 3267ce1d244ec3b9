"""The national workspace's page about what regions tell."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.overview.views import OverviewFile, OverviewPage

urlpatterns = [
    path(pgettext_lazy("address", "regions/"), OverviewPage.as_view(), name="overview"),
    path(pgettext_lazy("address", "regions.xlsx"), OverviewFile.as_view(), name="overview-file"),
]

navigation.door(
    "workspace:overview", pgettext_lazy("navigation", "Regions"), order=20, permission="overview.view_state"
)
