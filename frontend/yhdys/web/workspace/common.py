"""Pages that the workspace has on every site, the national one too."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.home import HomePage
from yhdys.web.workspace.second_factor import SecondFactorPage

urlpatterns = [
    path("", HomePage.as_view(), name="home"),
    path(pgettext_lazy("address", "second-factor/"), SecondFactorPage.as_view(), name="second-factor"),
]

navigation.door("workspace:home", pgettext_lazy("navigation", "To do"), order=10)
