"""Addresses of the national site. Finnish has no prefix, the other languages have theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yhdys.web.design.urls")),
    path("api/v1/", include("yhdys.api.v1.urls_national")),
]
urlpatterns += i18n_patterns(
    path("", include("yhdys.web.account.urls")),
    path("", include("yhdys.web.workspace.urls_national")),
    path("", include("yhdys.web.national.urls")),
    prefix_default_language=False,
)

handler500 = "yhdys.web.outages.server_error"
