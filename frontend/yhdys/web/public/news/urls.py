"""Addresses of news."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.public.news import pages, views  # noqa: F401 - the pages register themselves for search engines

urlpatterns = [
    path(pgettext_lazy("address", "news/"), views.news, name="news"),
    path(pgettext_lazy("address", "news/atom.xml"), views.feed, name="news-feed"),
    path(pgettext_lazy("address", "news/image/<str:name>"), views.image, name="article-image"),
    path(pgettext_lazy("address", "news/<slug:slug>/"), views.article, name="article"),
]
