"""Addresses that programs ask for: the same on every region's site and in no language."""

from django.urls import path

from yhdys.web.public.machine import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path(".well-known/security.txt", views.security_contact, name="security-contact"),
]
