"""Addresses of a region's site and workspace. Finnish has no prefix, the other languages have theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from yhdys.api.errors import not_found

urlpatterns = [
    path("", include("yhdys.web.design.urls")),
    path("", include("yhdys.web.account.urls_everywhere")),
    path("", include("yhdys.web.public.machine.urls")),
    path("api/v1/", include("yhdys.api.v1.urls_region")),
    path("api/", not_found, name="api-nowhere"),
    path("api/<path:path>", not_found, name="api-nothing"),
    *i18n_patterns(
        path("", include("yhdys.web.account.urls")),
        path("", include("yhdys.web.workspace.urls")),
        path("", include("yhdys.web.public.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "yhdys.api.errors.bad_request"
handler500 = "yhdys.web.outages.server_error"
