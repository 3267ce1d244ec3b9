"""Addresses of meetings, and of the page where the called ones answer."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.meetings.queries import next_turn
from yhdys.web.kept.turns import page_turn
from yhdys.web.public.meetings import answer, views

page_turn(next_turn)

urlpatterns = [
    path(pgettext_lazy("address", "meetings/"), views.meetings, name="meetings"),
    path(pgettext_lazy("address", "meetings/calendar.ics"), views.calendar, name="meetings-calendar"),
    path(pgettext_lazy("address", "meetings/<slug:slug>/"), views.meeting, name="meeting"),
    path(pgettext_lazy("address", "meetings/<slug:slug>/meeting.ics"), views.meeting_calendar, name="meeting-calendar"),
    path(pgettext_lazy("address", "meetings/<slug:slug>/agenda.pdf"), views.agenda_file, name="agenda-file"),
    path(pgettext_lazy("address", "meetings/<slug:slug>/minutes.pdf"), views.minutes_file, name="minutes-file"),
    path(pgettext_lazy("address", "meetings/<slug:slug>/record.pdf"), views.record_file, name="record-file"),
    path(pgettext_lazy("address", "meetings/<slug:slug>/record.zip"), views.record_archive, name="record-archive"),
    path(
        pgettext_lazy("address", "meetings/<slug:slug>/items/<int:number>/excerpt.pdf"),
        views.excerpt_file,
        name="excerpt-file",
    ),
    path(
        pgettext_lazy("address", "meetings/<slug:slug>/papers/<int:number>/<str:filename>"), views.paper, name="paper"
    ),
    path(pgettext_lazy("address", "answer/<str:token>/"), answer.answer, name="answer"),
    path(pgettext_lazy("address", "answer/<str:token>/agenda.pdf"), answer.agenda_file, name="answer-agenda-file"),
    path(
        pgettext_lazy("address", "answer/<str:token>/papers/<int:number>/<str:filename>"),
        answer.paper,
        name="answer-paper",
    ),
]
