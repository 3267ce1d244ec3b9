"""Addresses of this part of the public site."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
