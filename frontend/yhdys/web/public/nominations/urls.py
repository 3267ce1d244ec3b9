"""Addresses of requests to name representatives."""

from collections.abc import Iterator

from django.urls import path
from django.utils.translation import pgettext_lazy

from yhdys.nominations.models import NominationCall
from yhdys.web.public.machine.pages import Page, page_source
from yhdys.web.public.nominations import views

urlpatterns = [
    path(pgettext_lazy("address", "naming/<str:token>/"), views.nomination, name="nomination"),
    path(pgettext_lazy("address", "requests/<slug:slug>/"), views.call, name="nomination-call"),
    path(pgettext_lazy("address", "requests/<slug:slug>/received/"), views.received, name="nomination-received"),
]


@page_source
def open_requests() -> Iterator[Page]:
    """Requests that anybody may answer, for search engines."""
    for call in NominationCall.objects.in_public():
        yield Page("public:nomination-call", {"slug": call.slug}, edited_at=call.updated_at)
