"""Addresses of the national programme's own workspace: no region's business, only its own people."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace.common import urlpatterns as common

app_name = "workspace"

pages = [
    *common,
    path("", include("yhdys.web.workspace.overview.urls")),
]
urlpatterns = [path(pgettext_lazy("address", "workspace/"), include(pages))]
