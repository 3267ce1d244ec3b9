"""Addresses of the administration of sign-in services."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace.services import views

urlpatterns = [
    path("", views.ServiceListPage.as_view(), name="services"),
    path(pgettext_lazy("address", "new/"), views.ServiceAddPage.as_view(), name="service-add"),
    path("<uuid:pk>/", views.ServicePage.as_view(), name="service"),
    path(pgettext_lazy("address", "<uuid:pk>/removal/"), views.ServiceRemovalPage.as_view(), name="service-remove"),
]
