"""Pages that the workspace has on every site, the national one too."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.account import AccountPage, LeavePage, ProfilePage, SessionEndView, SessionsView, UnlinkView
from yhdys.web.workspace.home import HomePage
from yhdys.web.workspace.second_factor import SecondFactorPage

urlpatterns = [
    path("", HomePage.as_view(), name="home"),
    path(pgettext_lazy("address", "second-factor/"), SecondFactorPage.as_view(), name="second-factor"),
    path(pgettext_lazy("address", "account/"), AccountPage.as_view(), name="account"),
    path(pgettext_lazy("address", "account/profile/"), ProfilePage.as_view(), name="profile"),
    path(pgettext_lazy("address", "account/sessions/end/"), SessionsView.as_view(), name="sessions-end"),
    path(pgettext_lazy("address", "account/tokens/"), include("yhdys.web.workspace.tokens.urls")),
    path(pgettext_lazy("address", "account/sessions/<uuid:handle>/end/"), SessionEndView.as_view(), name="session-end"),
    path(pgettext_lazy("address", "account/services/<int:pk>/unlink/"), UnlinkView.as_view(), name="identity-unlink"),
    path(pgettext_lazy("address", "account/leave/"), LeavePage.as_view(), name="leave"),
    path(pgettext_lazy("address", "sign-in-services/"), include("yhdys.web.workspace.services.urls")),
    path(pgettext_lazy("address", "users/"), include("yhdys.web.workspace.users.urls")),
]

navigation.door("workspace:home", pgettext_lazy("navigation", "To do"), order=10)
navigation.door("workspace:account", pgettext_lazy("navigation", "My account"), order=95)
