"""Addresses of the design system, the same on every site and in every language."""

from django.conf import settings
from django.urls import path, re_path

from yhdys.web.design import gallery, views

app_name = "design"
urlpatterns = [re_path(r"^-/accent/(?P<colour>[0-9a-f]{6})\.css$", views.accent_stylesheet, name="accent")]
if settings.YHDYS_GALLERY:
    urlpatterns += [
        path("-/gallery/", gallery.index, name="gallery"),
        path("-/gallery/<slug:name>/", gallery.page, name="gallery-page"),
    ]
