"""Addresses of a region's workspace. Each domain keeps its own ``urls.py`` and registers its door there."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace.common import urlpatterns as common
from yhdys.web.workspace.councils.urls import urlpatterns as councils
from yhdys.web.workspace.organisations.urls import urlpatterns as organisations

app_name = "workspace"

pages = [
    *common,
    path(pgettext_lazy("address", "meetings/"), include("yhdys.web.workspace.meetings.urls")),
    path("", include("yhdys.web.workspace.news.urls")),
    path("", include("yhdys.web.workspace.nominations.urls")),
    path("", include("yhdys.web.workspace.site.urls")),
    *councils,
    *organisations,
]
urlpatterns = [path(pgettext_lazy("address", "workspace/"), include(pages))]
