"""Addresses of a region's site and workspace."""

from django.urls import include, path

urlpatterns = [path("", include("yhdys.web.public.urls"))]
