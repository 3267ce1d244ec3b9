"""The region's public site. Each domain keeps its own addresses; all of them live in the namespace ``public``."""

from django.urls import include, path

app_name = "public"
urlpatterns = [
    path("", include("yhdys.web.public.front.urls")),
    path("", include("yhdys.web.public.council.urls")),
    path("", include("yhdys.web.public.legal.urls")),
    path("", include("yhdys.web.public.meetings.urls")),
    path("", include("yhdys.web.public.news.urls")),
    path("", include("yhdys.web.public.nominations.urls")),
]
