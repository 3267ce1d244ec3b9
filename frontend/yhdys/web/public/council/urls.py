"""Addresses of the council's pages: readable, and the same for ever."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from yhdys.web import converters  # noqa: F401 - makes <isodate:…> known
from yhdys.web.public.council.rosterfile import roster_csv, roster_xlsx
from yhdys.web.public.council.views import (
    body_page,
    body_roster_page,
    council_page,
    council_roster_page,
    photo,
    representations_page,
)

ROSTER = pgettext_lazy("address", "composition/<isodate:on>/")
OF_BODY = pgettext_lazy("address", "<slug:slug>/composition/<isodate:on>/")

pages = [
    path("", council_page, name="council"),
    path(ROSTER, council_roster_page, name="council-roster"),
    path(pgettext_lazy("address", "photographs/<str:name>"), photo, name="photo"),
    path(pgettext_lazy("address", "representation/"), representations_page, name="council-representations"),
    path("<slug:slug>/", body_page, name="body"),
    path(OF_BODY, body_roster_page, name="body-roster"),
    path(pgettext_lazy("address", "<slug:slug>/composition/<isodate:on>/members.csv"), roster_csv, name="roster-csv"),
    path(
        pgettext_lazy("address", "<slug:slug>/composition/<isodate:on>/members.xlsx"), roster_xlsx, name="roster-xlsx"
    ),
]
urlpatterns = [path(pgettext_lazy("address", "council/"), include(pages))]
