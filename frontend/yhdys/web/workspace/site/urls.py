"""Addresses of the region's settings, its accessibility statement and the feedback on it."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.site import feedback, settings, statement

accessibility = [
    path("", statement.StatementPage.as_view(), name="accessibility"),
    path(pgettext_lazy("address", "statement/"), statement.EditStatementPage.as_view(), name="accessibility-edit"),
    path(pgettext_lazy("address", "contents/new/"), statement.NewIssuePage.as_view(), name="issue-new"),
    path(pgettext_lazy("address", "contents/<uuid:pk>/"), statement.IssuePage.as_view(), name="issue"),
    path(
        pgettext_lazy("address", "contents/<uuid:pk>/removal/"),
        statement.RemoveIssueView.as_view(),
        name="issue-remove",
    ),
    path(pgettext_lazy("address", "feedback/<uuid:pk>/"), feedback.FeedbackPage.as_view(), name="feedback"),
]
urlpatterns = [
    path(pgettext_lazy("address", "accessibility/"), include(accessibility)),
    path(pgettext_lazy("address", "settings/"), settings.SettingsPage.as_view(), name="settings"),
]

navigation.door(
    "workspace:accessibility",
    pgettext_lazy("navigation", "Accessibility"),
    order=85,
    permission="feedback.answer_feedback",
)
navigation.door(
    "workspace:settings", pgettext_lazy("navigation", "Settings"), order=90, permission="site.change_settings"
)
