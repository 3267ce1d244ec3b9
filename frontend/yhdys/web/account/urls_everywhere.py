"""Where identity providers send people back to: one address a host, in no language, since they compare it exactly."""

from django.urls import path

from yhdys.web.account.identity import come_back
from yhdys.web.account.views import ours

urlpatterns = [path("-/sign-in/<slug:provider_id>/return/", ours(come_back), name="openid_connect_callback")]
