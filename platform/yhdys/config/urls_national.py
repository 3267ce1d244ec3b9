"""Addresses of the national site. Finnish has no prefix, the other languages have theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from yhdys.api.errors import not_found

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("yhdys.web.design.urls")),
    path("", include("yhdys.web.account.urls_everywhere")),
    path("api/v1/", include("yhdys.api.v1.urls_national")),
    path("api/", not_found, name="api-nowhere"),
    path("api/<path:path>", not_found, name="api-nothing"),
]
urlpatterns += i18n_patterns(
    path("", include("yhdys.web.account.urls")),
    path("", include("yhdys.web.workspace.urls_national")),
    path("", include("yhdys.web.national.urls")),
    prefix_default_language=False,
)

handler400 = "yhdys.api.errors.bad_request"
handler500 = "yhdys.web.outages.server_error"
