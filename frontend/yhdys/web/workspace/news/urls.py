"""Addresses of the news desk."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web.workspace import navigation
from yhdys.web.workspace.news import views

pages = [
    path("", views.ArticleListPage.as_view(), name="news"),
    path(pgettext_lazy("address", "new/"), views.NewArticlePage.as_view(), name="article-new"),
    path(
        pgettext_lazy("address", "meetings/<uuid:pk>/bulletin/"),
        views.MeetingBulletinView.as_view(),
        name="meeting-bulletin",
    ),
    path("<uuid:pk>/", views.ArticlePage.as_view(), name="article"),
    path(pgettext_lazy("address", "<uuid:pk>/text/"), views.EditArticlePage.as_view(), name="article-edit"),
    path(
        pgettext_lazy("address", "<uuid:pk>/history/<uuid:version>/"),
        views.ArticleRestorePage.as_view(),
        name="article-restore",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/preview/"), views.PreviewPage.as_view(), name="article-preview"),
    path(pgettext_lazy("address", "<uuid:pk>/publication/"), views.PublicationPage.as_view(), name="article-publish"),
    path(pgettext_lazy("address", "<uuid:pk>/schedule/"), views.SchedulePage.as_view(), name="article-schedule"),
    path(
        pgettext_lazy("address", "<uuid:pk>/schedule/removal/"),
        views.UnscheduleView.as_view(),
        name="article-unschedule",
    ),
    path(pgettext_lazy("address", "<uuid:pk>/withdrawal/"), views.WithdrawalPage.as_view(), name="article-withdraw"),
    path(pgettext_lazy("address", "<uuid:pk>/removal/"), views.RemovalPage.as_view(), name="article-removal"),
    path(pgettext_lazy("address", "<uuid:pk>/elsewhere/new/"), views.ElsewherePage.as_view(), name="elsewhere-new"),
    path(
        pgettext_lazy("address", "<uuid:pk>/elsewhere/<uuid:row>/removal/"),
        views.ForgetElsewhereView.as_view(),
        name="elsewhere-remove",
    ),
]
urlpatterns = [path(pgettext_lazy("address", "news/"), include(pages))]

navigation.door("workspace:news", pgettext_lazy("navigation", "News"), order=50, permission="news.view_articles")
