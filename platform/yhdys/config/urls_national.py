"""Addresses of the national site."""

from django.urls import include, path

urlpatterns = [path("", include("yhdys.web.national.urls"))]
