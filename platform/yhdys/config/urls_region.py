"""Addresses of a region's site and workspace. Finnish has no prefix, the other languages have theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("yhdys.web.design.urls")),
    path("", include("yhdys.web.public.machine.urls")),
    path("api/v1/", include("yhdys.api.v1.urls_region")),
    *i18n_patterns(
        path("", include("yhdys.web.account.urls")),
        path("", include("yhdys.web.workspace.urls")),
        path("", include("yhdys.web.public.urls")),
        prefix_default_language=False,
    ),
]

handler500 = "yhdys.web.outages.server_error"
