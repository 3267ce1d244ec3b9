"""Addresses of one's own API tokens."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace.tokens import views

urlpatterns = [
    path("", views.TokenListPage.as_view(), name="tokens"),
    path(pgettext_lazy("address", "new/"), views.NewTokenPage.as_view(), name="token-new"),
    path(pgettext_lazy("address", "<uuid:pk>/revocation/"), views.RevocationView.as_view(), name="token-revoke"),
]
