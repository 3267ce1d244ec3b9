"""Addresses of the administration of users."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.users import views

urlpatterns = [
    path("", views.UserListPage.as_view(), name="users"),
    path(pgettext_lazy("address", "new/"), views.InvitePage.as_view(), name="user-invite"),
    path("<uuid:pk>/", views.UserPage.as_view(), name="user"),
    path(pgettext_lazy("address", "<uuid:pk>/roles/new/"), views.GrantRolePage.as_view(), name="user-role-grant"),
    path(
        pgettext_lazy("address", "<uuid:pk>/roles/<uuid:role_pk>/end/"),
        views.EndRolePage.as_view(),
        name="user-role-end",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/closure/"), views.ClosurePage.as_view(), name="user-close"),
    path(pgettext_lazy("address", "<uuid:pk>/opening/"), views.OpeningView.as_view(), name="user-open"),
    path(pgettext_lazy("address", "<uuid:pk>/invitation/"), views.InviteAgainView.as_view(), name="user-invite-again"),
    path(
        pgettext_lazy("address", "<uuid:pk>/invitation/withdrawal/"),
        views.WithdrawPage.as_view(),
        name="user-invitation-withdraw",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/sessions/end/"), views.SignOutView.as_view(), name="user-sign-out"),
    path(
        pgettext_lazy("address", "<uuid:pk>/second-factor-removal/"),
        views.SecondFactorRemovalPage.as_view(),
        name="user-remove-factors",
    ),
]

navigation.door("workspace:users", pgettext_lazy("navigation", "Users"), order=80, permission="accounts.view_users")
