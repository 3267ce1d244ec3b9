"""The region's public site. Each domain keeps its own addresses; all of them live in the namespace ``public``."""

from django.urls import include, path

from yhdys.web.public.front.views import front_page

app_name = "public"
urlpatterns = [
    path("", front_page, name="home"),
    path("", include("yhdys.web.public.council.urls")),
    path("", include("yhdys.web.public.legal.urls")),
    path("", include("yhdys.web.public.meetings.urls")),
    path("", include("yhdys.web.public.news.urls")),
]
