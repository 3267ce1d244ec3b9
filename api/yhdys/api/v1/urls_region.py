"""The API of a region's site."""

from django.urls import path, re_path

from yhdys.api.errors import not_found
from yhdys.api.v1 import agenda, councils, meeting_steps, meetings, minutes, news, organisations, representations
from yhdys.api.v1.description import DescriptionView, docs

app_name = "api"
urlpatterns = [
    path("organisations/", organisations.OrganisationsView.as_view(), name="organisations"),
    path("organisations/<uuid:pk>/", organisations.OrganisationView.as_view(), name="organisation"),
    path(
        "organisations/<uuid:pk>/closing/", organisations.OrganisationClosingView.as_view(), name="organisation-closing"
    ),
    path("bodies/", councils.BodiesView.as_view(), name="bodies"),
    path("bodies/<slug:slug>/", councils.BodyView.as_view(), name="body"),
    path("bodies/<slug:slug>/terms/", councils.TermsView.as_view(), name="terms"),
    path("bodies/<slug:slug>/members/", councils.MembersView.as_view(), name="members"),
    path("terms/<uuid:pk>/seats/", councils.SeatsView.as_view(), name="seats"),
    path("representations/", representations.RepresentationsView.as_view(), name="representations"),
    path("meetings/", meetings.MeetingsView.as_view(), name="meetings"),
    path("meetings/<uuid:pk>/", meetings.MeetingView.as_view(), name="meeting"),
    path("meetings/<uuid:pk>/announcement/", meeting_steps.AnnouncementView.as_view(), name="announcement"),
    path("meetings/<uuid:pk>/convocation/", meeting_steps.ConvocationView.as_view(), name="convocation"),
    path("meetings/<uuid:pk>/move/", meeting_steps.MoveView.as_view(), name="move"),
    path("meetings/<uuid:pk>/cancellation/", meeting_steps.CancellationView.as_view(), name="cancellation"),
    path("meetings/<uuid:pk>/holding/", meeting_steps.HoldingView.as_view(), name="holding"),
    path("meetings/<uuid:pk>/closing/", meeting_steps.ClosingView.as_view(), name="closing"),
    path("meetings/<uuid:pk>/agenda/", agenda.AgendaView.as_view(), name="agenda"),
    path("meetings/<uuid:pk>/minutes/", minutes.MinutesView.as_view(), name="minutes"),
    path(
        "meetings/<uuid:pk>/minutes/publication/",
        minutes.MinutesPublicationView.as_view(),
        name="minutes-publication",
    ),
    path("agenda-items/<uuid:pk>/", agenda.ItemView.as_view(), name="item"),
    path("agenda-items/<uuid:pk>/place/", agenda.ItemPlaceView.as_view(), name="item-place"),
    path("agenda-items/<uuid:pk>/outcome/", agenda.ItemOutcomeView.as_view(), name="item-outcome"),
    path("news/", news.NewsView.as_view(), name="news"),
    path("news/<uuid:pk>/", news.ArticleView.as_view(), name="article"),
    path("news/<uuid:pk>/publication/", news.PublicationView.as_view(), name="publication"),
    path("news/<uuid:pk>/schedule/", news.ScheduleView.as_view(), name="schedule"),
    path("news/<uuid:pk>/withdrawal/", news.WithdrawalView.as_view(), name="withdrawal"),
    path("docs/", docs, {"urlconf": "yhdys.config.urls_region"}, name="docs"),
    path("schema/", DescriptionView.as_view(urlconf="yhdys.config.urls_region"), name="schema"),
    re_path("(?P<path>.*)", not_found),
]
